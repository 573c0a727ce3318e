//! Dense layers: products of a vector with a matrix of weights, and their gradients.

/// Adds `input` times the matrix of weights (one row per input) to `out`.
pub(crate) fn gather(out: &mut [f32], input: &[f32], weights: &[f32]) {
    for (value, row) in input.iter().zip(weights.chunks_exact(out.len())) {
        if *value != 0.0 {
            out.iter_mut().zip(row).for_each(|(out, weight)| *out += value * weight);
        }
    }
}

/// Gradients of the weights, from those of the output.
pub(crate) fn weight_gradients(gradient: &[f32], input: &[f32], weight_gradients: &mut [f32]) {
    for (value, row) in input.iter().zip(weight_gradients.chunks_exact_mut(gradient.len())) {
        if *value != 0.0 {
            row.iter_mut().zip(gradient).for_each(|(out, gradient)| *out += value * gradient);
        }
    }
}

/// Gradients of the input, from those of the output.
pub(crate) fn input_gradients(gradient: &[f32], weights: &[f32], input_gradients: &mut [f32]) {
    let (gradients, rest_gradient) = gradient.as_chunks::<8>();
    for (out, row) in input_gradients.iter_mut().zip(weights.chunks_exact(gradient.len())) {
        let mut sums = [0f32; 8];
        let (rows, rest) = row.as_chunks::<8>();
        for (row, gradient) in rows.iter().zip(gradients) {
            for lane in 0..8 {
                sums[lane] += row[lane] * gradient[lane];
            }
        }
        *out += sums.iter().sum::<f32>() + rest.iter().zip(rest_gradient).map(|(a, b)| a * b).sum::<f32>();
    }
}
