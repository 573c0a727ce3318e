//! The training loop. Its order is fixed, so the same examples give the same weights.

use super::backward::Backward;
use super::example::Example;
use super::net::{Net, Pass};
use super::row_inputs::RowInputs;
use super::settings::SentimentSettings;
use crate::algorithms::Random;
use crate::algorithms::{Adam, Step};
use copydesk_sentiment::examples::shape::WIDTH;

/// Warm-up: the number of steps until the learning rate is at its full size.
const WARMING: f32 = 100.0;

/// Trains a network on examples.
pub(super) fn learn(inputs: &RowInputs, examples: &[&Example], settings: SentimentSettings) -> Net {
    let mut net = Net::new(inputs, settings.seed);
    let mut random = Random::new(settings.seed ^ 0x5eed);
    let mut adams: Vec<Adam> = net.dense().map(|weights| Adam::new(weights.len())).collect();
    let mut own_adam = Adam::new(net.own.len());
    let mut back = Backward::new(inputs);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut pass = Pass::default();
    let steps = (settings.epochs * examples.len()).div_ceil(settings.batch) as f32;
    let (mut time, mut seen) = (0i32, 0);
    for _ in 0..settings.epochs {
        random.shuffle(&mut order);
        for &place in &order {
            let example = examples[place];
            let scores = net.forward(inputs, example, &mut pass, Some((&mut random, &settings)));
            back.add(&net, inputs, example, &pass, scores, &settings);
            seen += 1;
            if seen % settings.batch != 0 {
                continue;
            }
            time += 1;
            let fall = (1.0 - time as f32 / steps).max(0.01);
            let rate = settings.rate * fall * (time as f32 / WARMING).min(1.0);
            let step = Step { rate, decay: settings.decay, share: 1.0 / settings.batch as f32 };
            for ((weights, gradients), adam) in net.dense().zip(back.gradients.dense()).zip(&mut adams) {
                adam.step(weights, gradients, step, time);
            }
            let step = Step { rate: rate * settings.own_rate, decay: settings.own_decay, ..step };
            back.touched.sort_unstable();
            back.touched.dedup();
            for row in back.touched.drain(..) {
                own_adam.step_rare(
                    &mut net.own,
                    &mut back.gradients.own,
                    row * WIDTH..(row + 1) * WIDTH,
                    step,
                );
            }
        }
    }
    net
}
