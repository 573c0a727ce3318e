//! The model file.

use copydesk_learn::ArtefactWriter;
use copydesk_sentiment::examples::shape::WIDTH;
use copydesk_sentiment::examples::{
    BIAS, DOMAINS, FILTERS, FIRST_WORD, HASHES, KIND, SCALES, VECTORS, score_section, target_section,
};

use super::net::Net;
use super::row_inputs::RowInputs;

/// The file of a network whose words are these, by their hashes.
pub(super) fn model(net: &Net, inputs: &RowInputs, words: &[u64]) -> Vec<u8> {
    let mut vectors = vec![0f32; (FIRST_WORD + words.len()) * WIDTH];
    for (row, vector) in vectors.chunks_exact_mut(WIDTH).enumerate() {
        net.vector(inputs, row, vector);
    }
    let mut scales = [0f32; WIDTH];
    for vector in vectors.chunks_exact(WIDTH) {
        scales.iter_mut().zip(vector).for_each(|(most, value)| *most = most.max(value.abs()));
    }
    scales.iter_mut().for_each(|most| *most = (*most / 127.0).max(f32::MIN_POSITIVE));
    let quantised = |(place, value): (usize, &f32)| (value / scales[place % WIDTH]).round() as i8 as u8;
    let mut model = ArtefactWriter::new(KIND);
    model.section(HASHES, words.iter().flat_map(|hash| hash.to_le_bytes()).collect());
    model.section(VECTORS, vectors.iter().enumerate().map(quantised).collect());
    model.section(SCALES, floats(&scales));
    model.section(FILTERS, floats(&net.filters));
    model.section(BIAS, floats(&net.bias));
    for (domain, name) in DOMAINS.iter().enumerate() {
        model.section(&target_section(name), floats(&net.heads[domain]));
        model.section(&score_section(name), floats(&net.scores[domain]));
    }
    model.finish()
}

fn floats(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}
