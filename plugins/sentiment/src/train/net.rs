//! Learns the network: forward and backward passes by hand, Adam, dropout. Everything is in a fixed order, so that the same
//! examples give the same weights.

use std::cmp::Ordering;

use copydesk_learn::linear::softmax;
use copydesk_learn::train::Shuffle;

use crate::model::DOMAINS;
use crate::shape::{
    CLAUSE_POOL, CUES, FILTERS, INPUTS, LABELS, NUMBERS, OUTSIDE_POOL, POOLS, SENTENCE_INPUTS, SENTENCE_NUMBERS,
    SHARES, STRETCHES, TARGET_POOL, WIDTH, sentence_share, stretch,
};

const DEEP: usize = WIDTH + CUES;

/// What is to be told of an example.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Task {
    /// The label towards the target.
    Target(usize),
    /// The score of the sentence.
    Score(f32),
}

/// A sentence, its target in one place.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    /// The rows of its words.
    pub(crate) rows: Vec<u32>,
    /// The place of the target, if there is one, and the clause around it.
    pub(crate) target: usize,
    pub(crate) clause: (usize, usize),
    /// What the rules tell.
    pub(crate) numbers: Vec<f32>,
    pub(crate) task: Task,
    pub(crate) domain: usize,
    /// How much it counts.
    pub(crate) importance: f32,
    /// Examples of one group are held out together.
    pub(crate) group: u32,
}

/// What is known of rows.
pub(crate) struct Rows {
    /// How many numbers a given vector has.
    pub(crate) given: usize,
    /// The given vectors.
    pub(crate) vectors: Vec<f32>,
    pub(crate) cues: Vec<[f32; CUES]>,
    /// Whether the training texts have a row often enough that it may leave what its vector says.
    pub(crate) own: Vec<bool>,
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How often all examples are seen.
    pub epochs: usize,
    /// The size of steps at first; it falls to nothing.
    pub rate: f32,
    /// Examples a step.
    pub batch: usize,
    /// How much weights are kept small.
    pub decay: f32,
    /// The same for what a row has of its own, and the size of its steps beside the others'.
    pub own_decay: f32,
    /// See `own_decay`.
    pub own_rate: f32,
    /// How often a word's vector is left out, so that the lexicon must tell.
    pub drop_word: f32,
    /// How often a number of a vector is.
    pub drop_number: f32,
    /// How often a sum of features is.
    pub drop_pool: f32,
    /// How much a sentence's score counts beside a target's label.
    pub score: f32,
    /// How much a word of the lexicon counts beside a rated sentence.
    pub lexicon: f32,
    /// How much a neutral target of general news counts, and a positive one: news has more of the one and fewer of the other
    /// than the training texts.
    pub neutral: f32,
    /// See `neutral`.
    pub positive: f32,
    /// Everything random depends on it.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            epochs: 10,
            rate: 0.0015,
            batch: 16,
            decay: 0.01,
            own_decay: 0.02,
            own_rate: 1.0,
            drop_word: 0.1,
            drop_number: 0.1,
            drop_pool: 0.4,
            score: 4.0,
            lexicon: 0.05,
            neutral: 1.46,
            positive: 0.71,
            seed: 1,
        }
    }
}

/// A network while it is learned.
#[derive(Clone, Debug)]
pub(crate) struct Net {
    /// From given vectors to rows.
    pub(crate) projection: Vec<f32>,
    /// What rows have of their own.
    pub(crate) own: Vec<f32>,
    /// From a row to the features of the next word, its own and the word before.
    pub(crate) filters: Vec<f32>,
    pub(crate) bias: Vec<f32>,
    /// For targets, a domain each: a row an input, a weight a label.
    pub(crate) heads: [Vec<f32>; DOMAINS.len()],
    /// For sentences.
    pub(crate) scores: [Vec<f32>; DOMAINS.len()],
}

struct Random(Shuffle);

impl Random {
    fn unit(&mut self) -> f32 {
        (self.0.next_number() >> 40) as f32 / (1u64 << 24) as f32
    }
    fn normal(&mut self) -> f32 {
        (0..6).map(|_| self.unit()).sum::<f32>() * 1.414 - 4.242
    }
}

fn gather(out: &mut [f32], input: &[f32], weights: &[f32]) {
    let wide = out.len();
    for (value, row) in input.iter().zip(weights.chunks_exact(wide)) {
        if *value != 0.0 {
            out.iter_mut().zip(row).for_each(|(out, weight)| *out += value * weight);
        }
    }
}

/// The slopes of inputs and weights.
fn scatter(slope: &[f32], input: &[f32], weights: &[f32], input_slope: Option<&mut [f32]>, weight_slope: &mut [f32]) {
    let wide = slope.len();
    for (value, row) in input.iter().zip(weight_slope.chunks_exact_mut(wide)) {
        if *value != 0.0 {
            row.iter_mut().zip(slope).for_each(|(out, slope)| *out += value * slope);
        }
    }
    if let Some(input_slope) = input_slope {
        for (out, row) in input_slope.iter_mut().zip(weights.chunks_exact(wide)) {
            let mut sums = [0f32; 8];
            let (rows, rest) = row.as_chunks::<8>();
            let (slopes, rest_slope) = slope.as_chunks::<8>();
            for (row, slope) in rows.iter().zip(slopes) {
                for lane in 0..8 {
                    sums[lane] += row[lane] * slope[lane];
                }
            }
            *out += sums.iter().sum::<f32>() + rest.iter().zip(rest_slope).map(|(a, b)| a * b).sum::<f32>();
        }
    }
}

#[derive(Default)]
struct Adam {
    first: Vec<f32>,
    second: Vec<f32>,
}

impl Adam {
    fn new(count: usize) -> Self {
        Self { first: vec![0.0; count], second: vec![0.0; count] }
    }
    fn step(&mut self, weights: &mut [f32], slopes: &mut [f32], rate: f32, decay: f32, time: i32) {
        let (one, two) = (1.0 - 0.9f32.powi(time), 1.0 - 0.999f32.powi(time));
        for (((weight, slope), first), second) in
            weights.iter_mut().zip(slopes.iter_mut()).zip(&mut self.first).zip(&mut self.second)
        {
            *first = 0.9 * *first + 0.1 * *slope;
            *second = 0.999 * *second + 0.001 * *slope * *slope;
            let step = (*first / one) / ((*second / two).sqrt() + 1e-8);
            *weight -= rate * (step + decay * *weight);
            *slope = 0.0;
        }
    }
}

/// What a pass needs again on its way back.
#[derive(Default)]
struct Pass {
    inputs: Vec<f32>,
    hidden: Vec<f32>,
    pools: Vec<f32>,
    masks: Vec<f32>,
    keep: Vec<f32>,
}

fn pool_of(at: usize, target: usize) -> usize {
    match at.cmp(&target) {
        Ordering::Less => stretch(target - at),
        Ordering::Equal => TARGET_POOL,
        Ordering::Greater => STRETCHES + stretch(at - target),
    }
}

impl Net {
    fn new(rows: &Rows, seed: u64) -> Self {
        let mut random = Random(Shuffle::new(seed));
        let mut fill =
            |count: usize, scale: f32| -> Vec<f32> { (0..count).map(|_| random.normal() * scale).collect() };
        Self {
            projection: fill(rows.given * WIDTH, 1.5 / (rows.given as f32).sqrt()),
            own: vec![0.0; rows.own.len() * WIDTH],
            filters: fill(DEEP * 3 * FILTERS, 1.0 / (3.0 * WIDTH as f32).sqrt()),
            bias: vec![0.0; FILTERS],
            heads: std::array::from_fn(|_| vec![0.0; INPUTS * LABELS]),
            scores: std::array::from_fn(|_| vec![0.0; SENTENCE_INPUTS]),
        }
    }

    fn forward(&self, rows: &Rows, example: &Example, pass: &mut Pass, drop: Option<(&mut Random, &Settings)>) -> [f32; 3] {
        let given = rows.given;
        let count = example.rows.len();
        let mut drop = drop;
        pass.inputs.clear();
        pass.inputs.resize(count * DEEP, 0.0);
        pass.masks.clear();
        pass.masks.resize(count * WIDTH, 1.0);
        for (at, row) in example.rows.iter().enumerate() {
            let row_at = *row as usize;
            let mask = &mut pass.masks[at * WIDTH..][..WIDTH];
            if let Some((random, options)) = drop.as_mut() {
                let gone = at != example.target && random.unit() < options.drop_word;
                let scale = 1.0 / (1.0 - options.drop_number);
                for value in mask.iter_mut() {
                    *value = if gone || random.unit() < options.drop_number { 0.0 } else { scale };
                }
            }
            let input = &mut pass.inputs[at * DEEP..][..DEEP];
            input[..WIDTH].copy_from_slice(&self.own[row_at * WIDTH..][..WIDTH]);
            gather(&mut input[..WIDTH], &rows.vectors[row_at * given..][..given], &self.projection);
            input[..WIDTH].iter_mut().zip(mask.iter()).for_each(|(value, mask)| *value *= mask);
            input[WIDTH..].copy_from_slice(&rows.cues[row_at]);
        }
        pass.hidden.clear();
        pass.hidden.resize(count * FILTERS, 0.0);
        for at in 0..count {
            let out = &mut pass.hidden[at * FILTERS..][..FILTERS];
            out.copy_from_slice(&self.bias);
            for (place, weights) in self.filters.chunks_exact(DEEP * FILTERS).enumerate() {
                let Some(from) = (at + place).checked_sub(1).filter(|from| *from < count) else { continue };
                gather(out, &pass.inputs[from * DEEP..][..DEEP], weights);
            }
            out.iter_mut().for_each(|value| *value = value.max(0.0));
        }
        pass.pools.clear();
        let mut scores = [0f32; 3];
        match example.task {
            Task::Target(_) => {
                pass.pools.resize(INPUTS, 0.0);
                for at in 0..count {
                    let hidden = &pass.hidden[at * FILTERS..][..FILTERS];
                    let clause = (example.clause.0..example.clause.1).contains(&at);
                    let extra = if clause { CLAUSE_POOL } else { OUTSIDE_POOL };
                    for pool in [pool_of(at, example.target), extra] {
                        let out = &mut pass.pools[pool * FILTERS..][..FILTERS];
                        out.iter_mut().zip(hidden).for_each(|(sum, value)| *sum += value * SHARES[pool]);
                    }
                }
                let rest = POOLS * FILTERS;
                pass.pools[rest..rest + NUMBERS].copy_from_slice(&example.numbers);
                pass.pools[rest + NUMBERS] = 1.0;
                dropped(pass, drop, rest);
                gather(&mut scores, &pass.pools, &self.heads[example.domain]);
            }
            Task::Score(_) => {
                pass.pools.resize(SENTENCE_INPUTS, 0.0);
                let share = sentence_share(count);
                for at in 0..count {
                    let hidden = &pass.hidden[at * FILTERS..][..FILTERS];
                    pass.pools[..FILTERS].iter_mut().zip(hidden).for_each(|(sum, value)| *sum += value * share);
                }
                let rest = FILTERS;
                pass.pools[rest..rest + SENTENCE_NUMBERS].copy_from_slice(&example.numbers);
                pass.pools[rest + SENTENCE_NUMBERS] = 1.0;
                dropped(pass, drop, rest);
                gather(&mut scores[..1], &pass.pools, &self.scores[example.domain]);
            }
        }
        scores
    }

    /// The probabilities of the labels, or the score and nothing.
    pub(crate) fn answer(&self, rows: &Rows, example: &Example) -> [f32; 3] {
        let mut scores = self.forward(rows, example, &mut Pass::default(), None);
        if let Task::Target(..) = example.task {
            softmax(&mut scores);
        }
        scores
    }
}

fn dropped(pass: &mut Pass, drop: Option<(&mut Random, &Settings)>, rest: usize) {
    pass.keep.clear();
    pass.keep.resize(pass.pools.len(), 1.0);
    if let Some((random, options)) = drop {
        let scale = 1.0 / (1.0 - options.drop_pool);
        for (value, keep) in pass.pools[..rest].iter_mut().zip(&mut pass.keep) {
            *keep = if random.unit() < options.drop_pool { 0.0 } else { scale };
            *value *= *keep;
        }
    }
}

/// Learns from examples.
pub(crate) fn learn(rows: &Rows, examples: &[&Example], options: Settings) -> Net {
    let mut net = Net::new(rows, options.seed);
    let given = rows.given;
    let mut random = Random(Shuffle::new(options.seed ^ 0x5eed));
    let mut slopes = Net::new(rows, 0);
    for part in [&mut slopes.projection, &mut slopes.own, &mut slopes.filters, &mut slopes.bias] {
        part.fill(0.0);
    }
    let sizes = [net.projection.len(), net.filters.len(), net.bias.len()];
    let heads = net.heads.iter().chain(&net.scores).map(Vec::len);
    let mut adams: Vec<Adam> = sizes.into_iter().chain(heads).map(Adam::new).collect();
    let mut own_adam = Adam::new(net.own.len());
    let mut touched: Vec<usize> = Vec::new();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut pass = Pass::default();
    let (mut hidden_slope, mut input_slope) = (Vec::new(), Vec::new());
    let steps = (options.epochs * examples.len()).div_ceil(options.batch) as f32;
    let (mut time, mut seen) = (0i32, 0);
    for _ in 0..options.epochs {
        random.0.shuffle(&mut order);
        for &place in &order {
            let example = examples[place];
            let mut scores = net.forward(rows, example, &mut pass, Some((&mut random, &options)));
            let count = example.rows.len();
            let domain = example.domain;
            hidden_slope.clear();
            hidden_slope.resize(count * FILTERS, 0f32);
            let mut pool_slope = vec![0f32; pass.pools.len()];
            match example.task {
                Task::Target(label) => {
                    softmax(&mut scores);
                    scores[label] -= 1.0;
                    scores.iter_mut().for_each(|slope| *slope *= example.importance);
                    scatter(&scores, &pass.pools, &net.heads[domain], Some(&mut pool_slope), &mut slopes.heads[domain]);
                    pool_slope.iter_mut().zip(&pass.keep).for_each(|(slope, keep)| *slope *= keep);
                    for at in 0..count {
                        let clause = (example.clause.0..example.clause.1).contains(&at);
                        let extra = if clause { CLAUSE_POOL } else { OUTSIDE_POOL };
                        for pool in [pool_of(at, example.target), extra] {
                            let from = &pool_slope[pool * FILTERS..][..FILTERS];
                            hidden_slope[at * FILTERS..][..FILTERS].iter_mut().zip(from).for_each(|(sum, slope)| *sum += slope * SHARES[pool]);
                        }
                    }
                }
                Task::Score(wanted) => {
                    let slope = [(scores[0] - wanted) * options.score * example.importance];
                    scatter(&slope, &pass.pools, &net.scores[domain], Some(&mut pool_slope), &mut slopes.scores[domain]);
                    pool_slope.iter_mut().zip(&pass.keep).for_each(|(slope, keep)| *slope *= keep);
                    let share = sentence_share(count);
                    for at in 0..count {
                        hidden_slope[at * FILTERS..][..FILTERS].iter_mut().zip(&pool_slope).for_each(|(sum, slope)| *sum += slope * share);
                    }
                }
            }
            hidden_slope.iter_mut().zip(&pass.hidden).for_each(|(slope, value)| if *value <= 0.0 { *slope = 0.0 });
            input_slope.clear();
            input_slope.resize(count * DEEP, 0f32);
            for at in 0..count {
                let slope = &hidden_slope[at * FILTERS..][..FILTERS];
                if slope.iter().all(|slope| *slope == 0.0) { continue }
                slopes.bias.iter_mut().zip(slope).for_each(|(sum, slope)| *sum += slope);
                for place in 0..3 {
                    let Some(from) = (at + place).checked_sub(1).filter(|from| *from < count) else { continue };
                    let size = DEEP * FILTERS;
                    scatter(slope, &pass.inputs[from * DEEP..][..DEEP], &net.filters[place * size..][..size],
                        Some(&mut input_slope[from * DEEP..][..DEEP]), &mut slopes.filters[place * size..][..size]);
                }
            }
            for (at, row) in example.rows.iter().enumerate() {
                let row = *row as usize;
                let slope = &mut input_slope[at * DEEP..][..WIDTH];
                slope.iter_mut().zip(&pass.masks[at * WIDTH..]).for_each(|(slope, mask)| *slope *= mask);
                scatter(slope, &rows.vectors[row * given..][..given], &net.projection, None, &mut slopes.projection);
                if rows.own[row] {
                    slopes.own[row * WIDTH..][..WIDTH].iter_mut().zip(slope.iter()).for_each(|(sum, slope)| *sum += slope);
                    touched.push(row);
                }
            }
            seen += 1;
            if seen % options.batch == 0 {
                time += 1;
                let fall = 1.0 - time as f32 / steps;
                let rate = options.rate * fall.max(0.01) * (time as f32 / 100.0).min(1.0);
                let one = 1.0 / options.batch as f32;
                let parts = [
                    (&mut net.projection, &mut slopes.projection), (&mut net.filters, &mut slopes.filters), (&mut net.bias, &mut slopes.bias),
                ];
                let heads = net.heads.iter_mut().zip(&mut slopes.heads);
                let parts = parts.into_iter().chain(heads).chain(net.scores.iter_mut().zip(&mut slopes.scores));
                for ((weights, slopes), adam) in parts.zip(&mut adams) {
                    slopes.iter_mut().for_each(|slope| *slope *= one);
                    adam.step(weights, slopes, rate, options.decay, time);
                }
                touched.sort_unstable();
                touched.dedup();
                for row in touched.drain(..) {
                    let own = row * WIDTH..(row + 1) * WIDTH;
                    let (weights, slope) = (&mut net.own[own.clone()], &mut slopes.own[own.clone()]);
                    for (((weight, slope), first), second) in weights.iter_mut().zip(slope).zip(&mut own_adam.first[own.clone()]).zip(&mut own_adam.second[own]) {
                        let value = *slope * one;
                        *first = 0.9 * *first + 0.1 * value;
                        *second = 0.999 * *second + 0.001 * value * value;
                        let step = *first / (second.sqrt() * 1.0 + 1e-4);
                        *weight -= rate * options.own_rate * (step + options.own_decay * *weight);
                        *slope = 0.0;
                    }
                }
            }
        }
    }
    net
}
