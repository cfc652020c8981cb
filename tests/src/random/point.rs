//! Where a program is tried: its arguments, and what the machine says of it there.

use std::fs;
use std::path::Path;

use crate::Known;

use super::dice::Dice;
use super::dual::Dual;
use super::machine::{Exit, Machine, Pointer, Value};
use super::productions::calls;
use super::shapes::{Enum, INT_FIELD};
use super::tree::{Parameter, Program};
use super::ty::{Passing, Ty};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// All floats of the differentiated arguments, in order.
    pub inputs: Vec<f64>,
    /// All numbers and flags of the others, in order.
    pub passive: Vec<f64>,
    pub known: Known,
    /// Whether central differences can be trusted here: no kink within their reach, nothing cut off.
    pub is_smooth: bool,
}

impl Point {
    /// Random arguments.
    pub fn random(program: &Program, dice: &mut Dice) -> Self {
        let mut point = Self::default();
        for parameter in &program.main().parameters {
            if parameter.is_active() {
                point.inputs.extend((0..parameter.var.ty.floats()).map(|_| dice.input()));
                continue;
            }
            for _ in 0..parameter.var.ty.numbers() {
                match parameter.var.ty {
                    Ty::Float => point.passive.push(dice.float()),
                    Ty::Bool => point.passive.push(dice.below(2) as f64),
                    _ => point.passive.push(dice.below(5) as f64),
                }
            }
        }
        point
    }

    /// Runs the program here; an error says why it cannot be judged.
    pub fn evaluate(&mut self, program: &Program) -> Result<(), &'static str> {
        let mut machine = Machine::new(program, &self.inputs);
        let (mut inputs, mut passive) = (0, 0);
        let mut left = Vec::new();
        let mut arguments = Vec::new();
        for parameter in &program.main().parameters {
            let next = if parameter.is_active() { &mut inputs } else { &mut passive };
            let value = self.argument(parameter, &parameter.var.ty, next);
            if parameter.var.passing == Passing::Own {
                arguments.push(value);
                continue;
            }
            let pointer = Pointer { slot: machine.new_slot(value), path: Vec::new() };
            if parameter.var.passing == Passing::Exclusive {
                left.push(pointer.clone());
            }
            arguments.push(Value::Pointer(pointer));
        }
        let result = calls::call(program.main(), arguments, &mut machine).map_err(reason)?;
        let mut outputs = Vec::new();
        result.floats(&mut outputs);
        for pointer in left {
            machine.load(&pointer).map_err(reason)?.floats(&mut outputs);
        }
        self.known.outputs = outputs.iter().map(|output| output.value).collect();
        let count = self.inputs.len();
        self.known.jacobian = outputs.iter().map(|output| (0..count).map(|i| output.partial(i)).collect()).collect();
        self.is_smooth = machine.nearest_kink > 3.0 && !machine.is_cut;
        Ok(())
    }

    fn argument(&self, parameter: &Parameter, ty: &Ty, next: &mut usize) -> Value {
        let count = self.inputs.len();
        match ty {
            Ty::Tuple(_) | Ty::Struct(_) => {
                let parts = ty.parts().expect("it has parts");
                Value::List(parts.iter().map(|part| self.argument(parameter, part, next)).collect())
            }
            Ty::Enum => {
                let fields = (Enum::VARIANTS[Enum::GIVEN].fields)();
                let parts = fields.iter().map(|(_, ty)| self.argument(parameter, ty, next)).collect();
                Value::Variant(Enum::GIVEN, parts)
            }
            Ty::Option(payload) => Value::some(self.argument(parameter, payload, next)),
            Ty::Int if parameter.is_active() => Value::Int(INT_FIELD),
            Ty::Array(element, length) | Ty::Vec(element, length) | Ty::Slice(element, length) => {
                Value::List((0..*length).map(|_| self.argument(parameter, element, next)).collect())
            }
            _ => {
                *next += 1;
                let at = *next - 1;
                match ty {
                    Ty::Float if parameter.is_active() => Value::Float(Dual::input(self.inputs[at], at, count)),
                    Ty::Float => Value::Float(Dual::constant(self.passive[at])),
                    Ty::Int => Value::Int(self.passive[at] as u64),
                    _ => Value::Bool(self.passive[at] == 1.0),
                }
            }
        }
    }

    /// One line; floats by their bits.
    pub fn write(&self, program: usize) -> String {
        let mut words = vec![program.to_string(), u8::from(self.is_smooth).to_string()];
        let lists = [&self.inputs, &self.passive, &self.known.outputs];
        for list in lists.into_iter().chain(&self.known.jacobian) {
            words.push(list.len().to_string());
            words.extend(list.iter().map(|number| format!("{:x}", number.to_bits())));
        }
        words.join(" ")
    }

    /// All points of a file, each with the number of its program.
    pub fn read_all(file: &Path) -> Vec<(usize, Self)> {
        let text = fs::read_to_string(file).expect("the points were written");
        text.lines().map(Self::read).collect()
    }

    fn read(line: &str) -> (usize, Self) {
        let mut words = line.split(' ');
        let mut int = || words.next().and_then(|word| word.parse().ok()).expect("a number");
        let program = int();
        let is_smooth = int() == 1;
        let mut list = || -> Vec<f64> {
            let count = words.next().and_then(|word| word.parse().ok()).expect("a length");
            let bits = words.by_ref().take(count).map(|word| u64::from_str_radix(word, 16).expect("bits"));
            bits.map(f64::from_bits).collect()
        };
        let (inputs, passive, outputs) = (list(), list(), list());
        let jacobian = outputs.iter().map(|_| list()).collect();
        (program, Self { inputs, passive, known: Known { outputs, jacobian }, is_smooth })
    }
}

fn reason(exit: Exit) -> &'static str {
    match exit {
        Exit::Reject(reason) => reason,
        other => unreachable!("a function is left by no {other:?}"),
    }
}
