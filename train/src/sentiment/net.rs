//! The network in training, with its forward pass.

use copydesk_learn::linear::softmax;

use super::example::{Example, Task};
use super::pools::Pools;
use super::row_inputs::RowInputs;
use super::settings::SentimentSettings;
use crate::algorithms::Random;
use crate::algorithms::dense::gather;
use copydesk_sentiment::examples::DOMAINS;
use copydesk_sentiment::examples::shape::{CUES, FEATURES, INPUTS, LABELS, SENTENCE_INPUTS, WIDTH};

/// The width of a word's input: its vector and its lexicon features.
pub(super) const DEEP: usize = WIDTH + CUES;

/// The weights, or the gradients of all weights.
#[derive(Clone, Debug)]
pub(super) struct Net {
    /// Projects pretrained vectors to word vectors.
    pub(super) projection: Vec<f32>,
    /// Trained embeddings, added to the projected vectors.
    pub(super) own: Vec<f32>,
    /// Convolution filters: from a word to the features of the next word, of itself and of the word before.
    pub(super) filters: Vec<f32>,
    pub(super) bias: Vec<f32>,
    /// Output layers for targets, one per domain: one row per input, one weight per label.
    pub(super) heads: [Vec<f32>; DOMAINS.len()],
    /// Output layers for sentences.
    pub(super) scores: [Vec<f32>; DOMAINS.len()],
}

/// Activations of the forward pass that backpropagation needs.
#[derive(Default)]
pub(super) struct Pass {
    /// The input of each word.
    pub(super) inputs: Vec<f32>,
    /// The dropout mask of the word vectors.
    pub(super) masks: Vec<f32>,
    /// The features of each word.
    pub(super) hidden: Vec<f32>,
    pub(super) pools: Pools,
    /// The dropout mask of the pools.
    pub(super) keep: Vec<f32>,
}

/// Dropout, while training: parts of the network are left out at random.
pub(super) type Dropout<'a> = Option<(&'a mut Random, &'a SentimentSettings)>;

impl Net {
    /// All weights 0.
    pub(super) fn empty(inputs: &RowInputs) -> Self {
        Self {
            projection: vec![0.0; inputs.given * WIDTH],
            own: vec![0.0; inputs.own.len() * WIDTH],
            filters: vec![0.0; DEEP * 3 * FEATURES],
            bias: vec![0.0; FEATURES],
            heads: std::array::from_fn(|_| vec![0.0; INPUTS * LABELS]),
            scores: std::array::from_fn(|_| vec![0.0; SENTENCE_INPUTS]),
        }
    }

    pub(super) fn new(inputs: &RowInputs, seed: u64) -> Self {
        let mut net = Self::empty(inputs);
        let mut random = Random::new(seed);
        let mut fill = |weights: &mut [f32], scale: f32| {
            weights.iter_mut().for_each(|weight| *weight = random.normal() * scale);
        };
        fill(&mut net.projection, 1.5 / (inputs.given as f32).sqrt());
        fill(&mut net.filters, 1.0 / (3.0 * WIDTH as f32).sqrt());
        net
    }

    /// All weights except the embeddings.
    pub(super) fn dense(&mut self) -> impl Iterator<Item = &mut Vec<f32>> {
        let Self { projection, filters, bias, heads, scores, .. } = self;
        [projection, filters, bias].into_iter().chain(heads).chain(scores)
    }

    /// The logits of an example's labels; for a sentence, its score and two zeros.
    pub(super) fn forward(
        &self,
        inputs: &RowInputs,
        example: &Example,
        pass: &mut Pass,
        mut drop: Dropout<'_>,
    ) -> [f32; 3] {
        self.read(inputs, example, pass, &mut drop);
        self.convolve(example.input.rows.len(), pass);
        pass.pools.fill(&example.input, &pass.hidden);
        apply_dropout(pass, example.task, drop);
        let mut scores = [0f32; 3];
        match example.task {
            Task::Target(_) => gather(&mut scores, &pass.pools.values, &self.heads[example.domain]),
            Task::Score(_) => gather(&mut scores[..1], &pass.pools.values, &self.scores[example.domain]),
        }
        scores
    }

    /// The input of each word.
    fn read(&self, inputs: &RowInputs, example: &Example, pass: &mut Pass, drop: &mut Dropout<'_>) {
        let given = inputs.given;
        let count = example.input.rows.len();
        pass.inputs.clear();
        pass.inputs.resize(count * DEEP, 0.0);
        pass.masks.clear();
        pass.masks.resize(count * WIDTH, 1.0);
        let words = example.input.rows.iter().map(|row| *row as usize).enumerate();
        for (((at, row), mask), input) in
            words.zip(pass.masks.chunks_exact_mut(WIDTH)).zip(pass.inputs.chunks_exact_mut(DEEP))
        {
            if let Some((random, settings)) = drop.as_mut() {
                let gone = Some(at) != example.input.target && random.chance(settings.drop_word);
                let scale = 1.0 / (1.0 - settings.drop_number);
                for value in mask.iter_mut() {
                    *value = if gone || random.chance(settings.drop_number) { 0.0 } else { scale };
                }
            }
            let (vector, cues) = input.split_at_mut(WIDTH);
            vector.copy_from_slice(&self.own[row * WIDTH..][..WIDTH]);
            gather(vector, &inputs.vectors[row * given..][..given], &self.projection);
            vector.iter_mut().zip(mask.iter()).for_each(|(value, mask)| *value *= mask);
            cues.copy_from_slice(&inputs.cues[row]);
        }
    }

    /// The features of each word.
    fn convolve(&self, count: usize, pass: &mut Pass) {
        pass.hidden.clear();
        pass.hidden.resize(count * FEATURES, 0.0);
        for (at, out) in pass.hidden.chunks_exact_mut(FEATURES).enumerate() {
            out.copy_from_slice(&self.bias);
            for (place, weights) in self.filters.chunks_exact(DEEP * FEATURES).enumerate() {
                let Some(from) = (at + place).checked_sub(1).filter(|from| *from < count) else { continue };
                gather(out, &pass.inputs[from * DEEP..][..DEEP], weights);
            }
            out.iter_mut().for_each(|value| *value = value.max(0.0));
        }
    }

    /// The probabilities of the labels; for a sentence, its score and two zeros.
    pub(super) fn answer(&self, inputs: &RowInputs, example: &Example) -> [f32; 3] {
        let mut scores = self.forward(inputs, example, &mut Pass::default(), None);
        if let Task::Target(..) = example.task {
            softmax(&mut scores);
        }
        scores
    }

    /// The word vector of a row: its projected pretrained vector plus its embedding.
    pub(super) fn vector(&self, inputs: &RowInputs, row: usize, into: &mut [f32]) {
        into.copy_from_slice(&self.own[row * WIDTH..][..WIDTH]);
        gather(into, &inputs.vectors[row * inputs.given..][..inputs.given], &self.projection);
    }
}

fn apply_dropout(pass: &mut Pass, task: Task, drop: Dropout<'_>) {
    let values = &mut pass.pools.values;
    pass.keep.clear();
    pass.keep.resize(values.len(), 1.0);
    let Some((random, settings)) = drop else { return };
    let gone = match task {
        Task::Target(_) => settings.drop_pool,
        Task::Score(_) => settings.drop_sentence,
    };
    for (value, keep) in values.iter_mut().zip(&mut pass.keep).take(Pools::learned(task)) {
        *keep = if random.chance(gone) { 0.0 } else { 1.0 / (1.0 - gone) };
        *value *= *keep;
    }
}
