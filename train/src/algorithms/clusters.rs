//! Spherical k-means, also hierarchical.

use rayon::prelude::*;

use super::Random;

/// Groups points on the unit sphere into `count` clusters with centres on the sphere. Points are rows of `width` numbers,
/// weighted by `mass`. Returns the centres and, for each point, its cluster. The result does not depend on the number of threads.
pub(crate) fn kmeans(
    points: &[f32],
    width: usize,
    mass: &[f32],
    count: usize,
    rounds: usize,
    seed: u64,
) -> (Vec<f32>, Vec<u16>) {
    let total = points.len().checked_div(width).unwrap_or(0);
    let count = count.min(total);
    // Initial centres are points drawn without replacement.
    let mut order: Vec<usize> = (0..total).collect();
    Random::new(seed).shuffle(&mut order);
    let mut centres: Vec<f32> = order[..count]
        .iter()
        .flat_map(|&point| &points[point * width..(point + 1) * width])
        .copied()
        .collect();
    let mut clusters = assign(points, width, &centres);
    for _ in 0..rounds {
        let mut sums = vec![0f64; count * width];
        let mut masses = vec![0f64; count];
        for ((point, cluster), mass) in points.chunks_exact(width).zip(&clusters).zip(mass) {
            let cluster = usize::from(*cluster);
            masses[cluster] += f64::from(*mass);
            let sum = &mut sums[cluster * width..(cluster + 1) * width];
            sum.iter_mut().zip(point).for_each(|(sum, value)| *sum += f64::from(value * mass));
        }
        for (cluster, _) in masses.iter().enumerate().filter(|(_, mass)| **mass > 0.0) {
            let sum = &sums[cluster * width..(cluster + 1) * width];
            let length = sum.iter().map(|value| value * value).sum::<f64>().sqrt().max(1e-12);
            let centre = &mut centres[cluster * width..(cluster + 1) * width];
            centre.iter_mut().zip(sum).for_each(|(value, sum)| *value = (sum / length) as f32);
        }
        let next = assign(points, width, &centres);
        let settled = next == clusters;
        clusters = next;
        if settled {
            break;
        }
    }
    (centres, clusters)
}

/// The nearest centre of each point; ties go to the first.
fn assign(points: &[f32], width: usize, centres: &[f32]) -> Vec<u16> {
    points
        .par_chunks_exact(width)
        .map(|point| {
            let nearness = centres.chunks_exact(width).map(|centre| dot(point, centre));
            let best = nearness
                .enumerate()
                .fold((0, f32::MIN), |best, (place, near)| if near > best.1 { (place, near) } else { best });
            best.0 as u16
        })
        .collect()
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    // Eight partial sums, which the compiler turns into vector instructions.
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0f32; 8];
    for (a, b) in a.iter().zip(b) {
        for lane in 0..8 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f32>() + rest
}

/// Clusters at several granularities, each coarser cluster a union of finer ones. `counts` go from coarse to fine. Returns the
/// finest cluster of each point and, for each finest cluster, the coarser ones that contain it, from the coarsest on.
pub(crate) fn nested<const COARSER: usize>(
    points: &[f32],
    width: usize,
    learn_from: usize,
    counts: [usize; COARSER],
    finest: usize,
    rounds: usize,
) -> (Vec<u16>, Vec<[u16; COARSER]>) {
    // The first points are the most frequent words; rarer ones have poorer vectors and are only assigned.
    let known = points.len().min(learn_from * width);
    let ones = vec![1f32; known.checked_div(width).unwrap_or(0)];
    let (centres, own) = kmeans(&points[..known], width, &ones, finest, rounds, 1);
    let finest = centres.len().checked_div(width).unwrap_or(0);
    let mut mass = vec![0f32; finest];
    own.iter().for_each(|cluster| mass[usize::from(*cluster)] += 1.0);
    let mut holders = vec![[0u16; COARSER]; finest];
    for (grain, count) in counts.into_iter().enumerate() {
        let (_, coarse) = kmeans(&centres, width, &mass, count, 4 * rounds, 2 + grain as u64);
        holders.iter_mut().zip(coarse).for_each(|(holder, coarse)| holder[grain] = coarse);
    }
    (assign(points, width, &centres), holders)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_points_share_clusters() {
        let mut points = Vec::new();
        for n in 0..600usize {
            let (group, jitter) = ((n % 6) as f32, (n / 6) as f32 / 1000.0);
            let angle = group + jitter;
            points.extend([angle.cos(), angle.sin(), 0.0]);
        }
        let (clusters, holders) = nested(&points, 3, 400, [2, 3], 12, 10);
        for n in 0..600 {
            for m in 0..n {
                if clusters[n] == clusters[m] {
                    assert_eq!(n % 6, m % 6, "{n} {m}");
                }
            }
        }
        assert!(holders.iter().all(|[coarse, fine]| *coarse < 2 && *fine < 3));
        assert_eq!((clusters, holders), nested(&points, 3, 400, [2, 3], 12, 10));
    }
}
