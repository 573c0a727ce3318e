//! Random numbers whose sequence never changes.

/// SplitMix64 (Steele, Lea, Flood 2014). Libraries may change their sequences between versions, which would change every
/// generated corpus and the budgets recorded with it.
#[derive(Clone, Debug)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A separate generator for part `number`.
    pub(crate) fn part(&self, number: u64) -> Self {
        let mut part = Self { state: self.state ^ number.wrapping_mul(0xd6e8_feb8_6659_fd93) };
        part.next();
        part
    }

    /// A number in `low..=high`.
    pub(crate) fn within(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    /// An item of a list that is not empty.
    pub(crate) fn of<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.within(0, list.len() as u64 - 1) as usize]
    }
}
