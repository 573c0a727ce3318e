//! Writes the JSON object that represents a record of another format.

use serde_json::Value;

/// An object that is being written; repeated keys are ignored.
pub(in crate::input) struct Object<'b> {
    bytes: &'b mut Vec<u8>,
    keys: Vec<String>,
}

impl<'b> Object<'b> {
    /// Starts an object at the end of `bytes`.
    pub(in crate::input) fn open(bytes: &'b mut Vec<u8>) -> Self {
        bytes.push(b'{');
        Self { bytes, keys: Vec::new() }
    }

    /// Adds a string.
    pub(in crate::input) fn string(&mut self, key: &str, value: &str) {
        self.value(key, &Value::from(value));
    }

    /// Adds a string, if there is one.
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

    /// Ends the object.
    pub(in crate::input) fn close(self) {
        self.bytes.push(b'}');
    }
}

/// Appends a value. This cannot fail: it writes to memory, and all keys are strings.
pub(super) fn write(bytes: &mut Vec<u8>, value: &Value) {
    let _ = serde_json::to_writer(bytes, value);
}
