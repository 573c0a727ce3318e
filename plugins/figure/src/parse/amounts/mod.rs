//! Amounts, rates, counts, ratios, ages, ranks.

pub(crate) mod age;
pub(crate) mod amount;
pub(crate) mod amount_forms;
pub(crate) mod article;
pub(crate) mod coin;
pub(crate) mod count;
pub(crate) mod count_per;
pub(crate) mod found;
pub(crate) mod fraction;
pub(crate) mod interval;
pub(crate) mod labels;
pub(crate) mod multiple;
pub(crate) mod often;
pub(crate) mod ordinal;
pub(crate) mod per;
pub(crate) mod prefix;
pub(crate) mod range;
pub(crate) mod ratio;
pub(crate) mod reading;
pub(crate) mod si;
pub(crate) mod singular;
pub(crate) mod stand_in;
pub(crate) mod sum;
pub(crate) mod unit;
pub(crate) mod yen;
