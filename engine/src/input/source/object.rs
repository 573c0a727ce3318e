//! Writes the JSON object that stands for a record of another format.

use serde_json::Value;

/// An object that is being written; a key that it has already is left out.
pub(in crate::input) struct Object<'b> {
    bytes: &'b mut Vec<u8>,
    keys: Vec<String>,
}

impl<'b> Object<'b> {
    /// Begins an object behind what `bytes` holds.
    pub(in crate::input) fn open(bytes: &'b mut Vec<u8>) -> Self {
        bytes.push(b'{');
        Self { bytes, keys: Vec::new() }
    }

    /// Adds a string.
    pub(in crate::input) fn string(&mut self, key: &str, value: &str) {
        self.value(key, &Value::from(value));
    }

    /// Adds a string where there is one.
    pub(in crate::input) fn optional(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) {
            self.string(key, value);
        }
    }

    /// Adds any value.
    pub(in crate::input) fn value(&mut self, key: &str, value: &Value) {
        if self.keys.iter().any(|known| known == key) {
            return;
        }
        if !self.keys.is_empty() {
            self.bytes.push(b',');
        }
        self.keys.push(key.to_owned());
        write(self.bytes, &Value::from(key));
        self.bytes.push(b':');
        write(self.bytes, value);
    }

    /// Ends it.
    pub(in crate::input) fn close(self) {
        self.bytes.push(b'}');
    }
}

/// Appends a value. Writing to memory cannot fail, and a value has only keys that are strings.
pub(super) fn write(bytes: &mut Vec<u8>, value: &Value) {
    let _ = serde_json::to_writer(bytes, value);
}
