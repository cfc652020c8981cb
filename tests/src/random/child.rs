//! What runs within a generated crate: every program at its points, one line of outcome for each.

use std::any::Any;
use std::io::Write;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use crate::Reference;

use super::point::Point;

pub type Check = fn(&Point, Reference<'_>);

/// Gives passive arguments their numbers.
pub trait Passive {
    fn take(&mut self, numbers: &mut std::slice::Iter<'_, f64>);
}

macro_rules! passive {
    ($($ty:ty: $number:ident => $value:expr;)*) => {$(
        impl Passive for $ty {
            fn take(&mut self, numbers: &mut std::slice::Iter<'_, f64>) {
                let $number = *numbers.next().expect("a number for each");
                *self = $value;
            }
        }
    )*};
}

passive! {
    f64: number => number;
    usize: number => number as usize;
    bool: number => number == 1.0;
}

impl<T: Passive> Passive for Vec<T> {
    fn take(&mut self, numbers: &mut std::slice::Iter<'_, f64>) {
        self.iter_mut().for_each(|element| element.take(numbers));
    }
}

pub fn passive<T: Passive>(value: &mut T, numbers: &mut std::slice::Iter<'_, f64>) {
    value.take(numbers);
}

/// `begin` and then `right` or `wrong`, with the number of the program, the reference and the message.
pub fn run(stamp: u128, checks: &[Option<Check>]) {
    say(&format!("batch {stamp}"));
    panic::set_hook(Box::new(|_| ()));
    let file = std::env::args().nth(1).expect("the file of points");
    for (program, point) in Point::read_all(Path::new(&file)) {
        let Some(check) = checks[program] else { continue };
        attempt(program, "machine", || check(&point, Reference::Known(&point.known)));
        if point.is_smooth {
            attempt(program, "differences", || check(&point, Reference::Differences(1e-6)));
        }
    }
}

fn attempt(program: usize, reference: &str, check: impl FnOnce()) {
    say(&format!("begin {program} {reference}"));
    match panic::catch_unwind(AssertUnwindSafe(check)) {
        Ok(()) => say(&format!("right {program} {reference}")),
        Err(payload) => say(&format!("wrong {program} {reference} {}", message(&*payload).replace('\n', " / "))),
    }
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default()
}

/// At once, so that the last line tells where a run came to its end.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).expect("somebody listens");
}
