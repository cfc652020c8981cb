//! `BACKPROP_DUMP=name cargo build` prints the function `name` through every phase, to standard error.

use proc_macro2::Ident;

/// Collects the phases of one function.
pub struct Dump {
    /// The function that is asked for; in tests all are.
    wanted: Option<String>,
    active: bool,
    phases: Vec<(&'static str, String)>,
}

impl Dump {
    /// For the function that the environment names, if it names one.
    pub fn asked_for() -> Dump {
        Dump { wanted: Some(std::env::var("BACKPROP_DUMP").unwrap_or_default()), active: false, phases: Vec::new() }
    }

    #[cfg(test)]
    pub fn everything() -> Dump {
        Dump { wanted: None, active: true, phases: Vec::new() }
    }

    pub fn begin(&mut self, name: &Ident) {
        self.active = self.wanted.as_ref().is_none_or(|wanted| name == wanted);
    }

    pub fn phase(&mut self, name: &'static str, print: impl FnOnce() -> String) {
        if self.active {
            self.phases.push((name, print()));
        }
    }

    /// What a phase printed.
    #[cfg(test)]
    pub fn text(&self, name: &str) -> &str {
        self.phases.iter().find(|(phase, _)| *phase == name).map_or("", |(_, text)| text)
    }

    pub fn print(&self) {
        for (name, text) in &self.phases {
            eprintln!("== {name}\n{text}");
        }
    }
}
