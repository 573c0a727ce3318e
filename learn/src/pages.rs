//! Memory for large tables in huge pages.
//!
//! Rows of a table of megabytes are read in random order, so that with pages of 4 KB most reads also miss the processor's cache of page
//! addresses. Huge pages for the whole heap would cost more memory than they save time: a few bytes in use keep 2 MB.

/// An empty vector with space for `length` values, in huge pages where the system has them and the table is large enough.
pub fn in_huge_pages<T>(length: usize) -> Vec<T> {
    let table = Vec::with_capacity(length);
    advise(&table);
    table
}

/// Asks the system for huge pages. Where it has none, nothing changes.
#[cfg(target_os = "linux")]
#[allow(unsafe_code, reason = "advice about memory that is allocated, which does not change what it holds")]
fn advise<T>(table: &Vec<T>) {
    /// The size of a huge page on most processors; only whole ones count.
    const HUGE: usize = 2 << 20;
    let start = table.as_ptr().addr().next_multiple_of(HUGE);
    let end = (table.as_ptr().addr() + table.capacity() * size_of::<T>()) / HUGE * HUGE;
    if start < end {
        let start = table.as_ptr().cast::<std::ffi::c_void>().cast_mut().with_addr(start);
        // SAFETY: the range lies in the vector's own memory, and this advice changes neither its content nor its protection.
        let _ = unsafe { rustix::mm::madvise(start, end - start.addr(), rustix::mm::Advice::LinuxHugepage) };
    }
}

#[cfg(not(target_os = "linux"))]
fn advise<T>(_: &Vec<T>) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_any_size_are_ordinary_memory() {
        for length in [0, 1, 1000, 1 << 20] {
            let mut table: Vec<u64> = in_huge_pages(length);
            assert!(table.is_empty() && table.capacity() >= length);
            table.extend(0..length as u64);
            assert!(table.iter().enumerate().all(|(at, value)| at as u64 == *value));
        }
        assert!(in_huge_pages::<()>(5).is_empty());
    }
}
