//! Catches panics without printing them, on both sides of the plugin boundary.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// The number of guarded calls on this thread's stack.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs `body`. A panic prints nothing and becomes an error with its message, file and line.
///
/// The caller must discard or rebuild whatever `body` was changing when it panicked.
pub fn catch_panic<R>(body: impl FnOnce() -> R) -> Result<R, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let outer = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if DEPTH.get() == 0 {
                return outer(info);
            }
            PLACE.with_borrow_mut(|place| {
                place.clear();
                if let Some(location) = info.location() {
                    *place = format!(" at {}:{}", location.file(), location.line());
                }
            });
        }));
    });
    DEPTH.set(DEPTH.get() + 1);
    let result = panic::catch_unwind(AssertUnwindSafe(body));
    DEPTH.set(DEPTH.get() - 1);
    result.map_err(|panic| {
        let place = PLACE.with_borrow_mut(std::mem::take);
        let report = format!("panicked: {}{place}", message(&*panic));
        drop_quietly(panic);
        report
    })
}

/// Drops the payload of a panic. That may panic too; the payload of the second panic is leaked, as dropping it may also panic.
fn drop_quietly(panic: Box<dyn Any + Send>) {
    DEPTH.set(DEPTH.get() + 1);
    let dropped = panic::catch_unwind(AssertUnwindSafe(|| drop(panic)));
    DEPTH.set(DEPTH.get() - 1);
    if let Err(second) = dropped {
        std::mem::forget(second);
    }
}

fn message(panic: &(dyn Any + Send)) -> &str {
    (panic.downcast_ref::<&str>().copied())
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_message() {
        let number = std::hint::black_box(3);
        let caught = catch_panic(|| assert!(number > 5, "number {number}"));
        let message = caught.err().unwrap_or_default();
        assert!(message.starts_with("panicked: number 3 at ") && message.contains("guard.rs:"), "{message}");
        assert_eq!(catch_panic(|| 1), Ok(1));
    }

    #[test]
    fn a_payload_may_panic_when_dropped() {
        struct Bomb;
        impl Drop for Bomb {
            fn drop(&mut self) {
                std::panic::panic_any(Self);
            }
        }
        let caught = catch_panic(|| std::panic::panic_any(Bomb));
        assert!(caught.is_err_and(|message| message.starts_with("panicked: without a message")));
    }
}
