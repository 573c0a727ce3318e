//! Products of a vector with rows of weights, and their slopes.

/// Adds to `out` each input times its row of weights.
pub(super) fn gather(out: &mut [f32], input: &[f32], weights: &[f32]) {
    for (value, row) in input.iter().zip(weights.chunks_exact(out.len())) {
        if *value != 0.0 {
            out.iter_mut().zip(row).for_each(|(out, weight)| *out += value * weight);
        }
    }
}

/// The slopes of the weights, from those of what was gathered.
pub(super) fn weight_slopes(slope: &[f32], input: &[f32], weight_slopes: &mut [f32]) {
    for (value, row) in input.iter().zip(weight_slopes.chunks_exact_mut(slope.len())) {
        if *value != 0.0 {
            row.iter_mut().zip(slope).for_each(|(out, slope)| *out += value * slope);
        }
    }
}

/// The slopes of the inputs.
pub(super) fn input_slopes(slope: &[f32], weights: &[f32], input_slopes: &mut [f32]) {
    let (slopes, rest_slope) = slope.as_chunks::<8>();
    for (out, row) in input_slopes.iter_mut().zip(weights.chunks_exact(slope.len())) {
        let mut sums = [0f32; 8];
        let (rows, rest) = row.as_chunks::<8>();
        for (row, slope) in rows.iter().zip(slopes) {
            for lane in 0..8 {
                sums[lane] += row[lane] * slope[lane];
            }
        }
        *out += sums.iter().sum::<f32>() + rest.iter().zip(rest_slope).map(|(a, b)| a * b).sum::<f32>();
    }
}
