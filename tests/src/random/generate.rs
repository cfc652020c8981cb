//! Grows programs by the productions.
//!
//! The generator knows which names are in scope and what may be done with each, so that what it makes compiles: a
//! buffer that a reference borrows is out of reach until the reference is done with, and so on. Everything it makes
//! ends, and every index is in bounds, or else the machine rejects the program before it is compiled.

use std::rc::Rc;

use super::dice::Dice;
use super::productions::{self, Production, block, literals, places};
use super::shapes::Struct;
use super::tree::{Function, Label, Parameter, Program, Tree, Var, Variable};
use super::ty::{Passing, Ty};

/// A name in scope and what may be done with it now.
struct Entry {
    var: Var,
    readable: bool,
    writable: bool,
}

/// A loop around what is being made.
#[derive(Clone)]
pub struct Loop {
    pub label: Label,
    /// The type of the value that `break` gives it.
    pub value: Ty,
    /// A block with a label, which `continue` cannot name.
    pub is_block: bool,
}

pub struct Generator<'a> {
    pub dice: Dice,
    entries: Vec<Entry>,
    pub loops: Vec<Loop>,
    /// Those that may be called.
    pub functions: &'a [Function],
    /// The result of the function that is being made.
    pub result: Ty,
    next: usize,
    /// How many statements may still be made.
    pub statements: usize,
    /// How deep the blocks are nested.
    pub depth: usize,
    /// Within conditions and indices, where nothing may jump or change a float.
    pub is_pure: bool,
    /// Within values other than floats, which `?` may not leave.
    pub is_built: bool,
}

/// The program of a seed.
pub fn program(seed: u64) -> Program {
    let mut dice = Dice::new(seed);
    let mut functions = Vec::new();
    let callees = dice.of(&[0, 0, 1, 1, 2]);
    let mut next = 0;
    for i in 0..=callees {
        let mut generator = Generator {
            dice,
            entries: Vec::new(),
            loops: Vec::new(),
            functions: &functions,
            result: Ty::Unit,
            next,
            statements: 0,
            depth: 0,
            is_pure: false,
            is_built: false,
        };
        let function = generator.function(i, i == callees);
        (dice, next) = (generator.dice, generator.next);
        functions.push(function);
    }
    Program { functions }
}

const DEEPEST: usize = 4;

impl Generator<'_> {
    fn function(&mut self, number: usize, is_main: bool) -> Function {
        let parameters = self.parameters(is_main);
        let has_output = parameters.iter().any(|p| p.is_active() && p.var.passing == Passing::Exclusive);
        self.result = match self.dice.below(10) {
            0 | 1 if has_output => Ty::Unit,
            2 => Ty::pair(),
            3 => Ty::array(2),
            4 if self.dice.chance(50) => Ty::vec(2),
            5 => Ty::Struct(self.dice.of(&Struct::ALL)),
            8 if !is_main || self.dice.chance(30) => Ty::Enum,
            6 | 7 if !is_main || self.dice.chance(30) => {
                Ty::option(self.dice.of(&[Ty::Float, Ty::Float, Ty::pair(), Ty::Struct(Struct::Spot)]))
            }
            _ => Ty::Float,
        };
        for parameter in &parameters {
            self.declare(&parameter.var);
        }
        self.statements = if is_main { self.dice.between(6, 30) } else { self.dice.between(1, 9) };
        let result = self.result.clone();
        let count = self.dice.between(4, 12);
        let body = block::block(self, &result, count, &mut |_| Vec::new());
        Function { name: format!("f{number}"), parameters, result, body }
    }

    /// At least one that is differentiated, and no more than twelve floats.
    fn parameters(&mut self, is_main: bool) -> Vec<Parameter> {
        let mut parameters = vec![self.active_parameter(is_main)];
        let count = if is_main { self.dice.between(1, 4) } else { self.dice.between(0, 2) };
        for _ in 0..count {
            let parameter =
                if self.dice.chance(70) { self.active_parameter(is_main) } else { self.passive_parameter() };
            let at = self.dice.between(0, parameters.len());
            parameters.insert(at, parameter);
        }
        parameters
    }

    fn active_parameter(&mut self, is_main: bool) -> Parameter {
        const ANY: [Passing; 3] = [Passing::Own, Passing::Shared, Passing::Exclusive];
        let length = self.dice.between(1, 4);
        let (ty, passing) = match self.dice.below(21) {
            0..=3 => (Ty::Float, Passing::Own),
            4..=5 => (Ty::slice(length), Passing::Shared),
            6..=7 => (Ty::slice(length), Passing::Exclusive),
            8 => (Ty::array(length), self.dice.of(&ANY)),
            9 => (Ty::vec(length), self.dice.of(&ANY)),
            10 => (Ty::pair(), self.dice.of(&ANY)),
            11 => (Ty::Float, self.dice.of(&[Passing::Shared, Passing::Exclusive])),
            12 => (Ty::Array(Box::new(Ty::array(2)), 2), self.dice.of(&[Passing::Own, Passing::Exclusive])),
            13 => (Ty::slice_of(Ty::pair(), 2), self.dice.of(&ANY[1..])),
            14 | 15 => (Ty::Struct(self.dice.of(&Struct::ALL)), self.dice.of(&ANY)),
            16 => {
                let element = self.dice.of(&[Struct::Spot, Struct::Spot, Struct::Ball, Struct::Mark]);
                (Ty::slice_of(Ty::Struct(element), 2), self.dice.of(&ANY[1..]))
            }
            17 => (Ty::Vec(Box::new(Ty::vec(2)), 2), self.dice.of(&ANY)),
            20 => (Ty::Enum, self.dice.of(if is_main { &ANY[..2] } else { &ANY })),
            // What `check!` is given has as many floats when it is left as on entry.
            18 | 19 => {
                let payload = self.dice.of(&[Ty::Float, Ty::Float, Ty::pair(), Ty::Struct(Struct::Spot)]);
                (Ty::option(payload), self.dice.of(if is_main { &ANY[..2] } else { &ANY }))
            }
            _ => unreachable!("these are all"),
        };
        let mutable = passing == Passing::Exclusive || passing == Passing::Own && self.dice.chance(50);
        Parameter { var: self.variable("p", ty, passing, mutable, None), constant: false }
    }

    fn passive_parameter(&mut self) -> Parameter {
        let (ty, passing, constant) = match self.dice.below(5) {
            0 | 1 => (Ty::Int, Passing::Own, false),
            2 => (Ty::Bool, Passing::Own, false),
            3 => (Ty::Float, Passing::Own, true),
            _ => (Ty::Slice(Box::new(Ty::Int), 2), Passing::Shared, false),
        };
        let mutable = passing == Passing::Own && !constant && self.dice.chance(40);
        Parameter { var: self.variable("n", ty, passing, mutable, None), constant }
    }

    /// A variable that nobody knows yet, under a name that may shadow another.
    pub fn variable(&mut self, prefix: &str, ty: Ty, passing: Passing, mutable: bool, below: Option<usize>) -> Var {
        let id = self.next;
        self.next += 1;
        let mut name = format!("{prefix}{id}");
        if !self.entries.is_empty() && self.dice.chance(20) {
            let entry = &self.entries[self.dice.below(self.entries.len())];
            name.clone_from(&entry.var.name);
        }
        Rc::new(Variable { id, name, ty, passing, mutable, below })
    }

    /// A variable of one's own.
    pub fn own(&mut self, ty: &Ty, mutable: bool) -> Var {
        let prefix = match ty {
            Ty::Float => "x",
            Ty::Int => "k",
            Ty::Bool => "b",
            Ty::Tuple(_) => "t",
            Ty::Array(..) => "a",
            Ty::Option(_) => "o",
            Ty::Struct(_) => "s",
            Ty::Enum => "form",
            Ty::Vec(..) | Ty::Slice(..) | Ty::Unit => "v",
        };
        self.variable(prefix, ty.clone(), Passing::Own, mutable, None)
    }

    pub fn label(&mut self) -> Label {
        let id = self.next;
        self.next += 1;
        Label { id, shown: self.dice.chance(40) }
    }

    pub fn declare(&mut self, var: &Var) {
        self.entries.push(Entry { var: Rc::clone(var), readable: true, writable: var.mutable });
    }

    /// What is made known meanwhile is forgotten.
    pub fn scoped<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> T {
        let known = self.entries.len();
        self.depth += 1;
        let made = make(self);
        self.depth -= 1;
        self.entries.truncate(known);
        made
    }

    /// What is made known meanwhile is out of reach afterwards, and still shadows.
    pub fn passing<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> T {
        let known = self.entries.len();
        let made = make(self);
        for entry in &mut self.entries[known..] {
            (entry.readable, entry.writable) = (false, false);
        }
        made
    }

    /// A variable is borrowed meanwhile: for reading, or for writing as well.
    pub fn borrowed<T>(&mut self, var: &Var, exclusively: bool, make: impl FnOnce(&mut Self) -> T) -> T {
        self.borrowed_all(std::slice::from_ref(var), exclusively, make)
    }

    /// Several are.
    pub fn borrowed_all<T>(&mut self, vars: &[Var], exclusively: bool, make: impl FnOnce(&mut Self) -> T) -> T {
        let mut before = Vec::new();
        for var in vars {
            let at = self.entries.iter().position(|entry| entry.var.id == var.id);
            let at = at.expect("what is borrowed is in scope");
            let entry = &mut self.entries[at];
            before.push((at, entry.readable, entry.writable));
            entry.writable = false;
            entry.readable &= !exclusively;
        }
        let made = make(self);
        for (at, readable, writable) in before.into_iter().rev() {
            (self.entries[at].readable, self.entries[at].writable) = (readable, writable);
        }
        made
    }

    /// The variables that can be read, or written.
    pub fn variables(&self, for_writing: bool) -> Vec<Var> {
        let mut variables: Vec<Var> = Vec::new();
        for (i, entry) in self.entries.iter().enumerate() {
            let is_shadowed = self.entries[i + 1..].iter().any(|later| later.var.name == entry.var.name);
            let allowed = entry.readable && (entry.writable || !for_writing);
            if allowed && !is_shadowed {
                variables.push(Rc::clone(&entry.var));
            }
        }
        variables
    }

    /// Those of them that are of the type.
    pub fn variables_of(&self, ty: &Ty, for_writing: bool) -> Vec<Var> {
        let mut variables = self.variables(for_writing);
        variables.retain(|var| ty.accepts(&var.ty));
        variables
    }

    pub fn is_deep(&self) -> bool {
        self.depth >= DEEPEST
    }

    /// By one of the productions, each as often as its weight says.
    fn by(&mut self, productions: &[Production], ty: &Ty, depth: usize) -> Option<Tree> {
        let total: usize = productions.iter().map(|production| production.weight).sum();
        for _ in 0..4 {
            let mut at = self.dice.below(total);
            for production in productions {
                if at < production.weight {
                    let known = self.entries.len();
                    if let Some(tree) = (production.make)(self, ty, depth) {
                        return Some(tree);
                    }
                    // What it declared before it gave up is not there.
                    self.entries.truncate(known);
                    break;
                }
                at -= production.weight;
            }
        }
        None
    }

    /// A value of the type, with up to `depth` operations in each other.
    pub fn expr(&mut self, ty: &Ty, depth: usize) -> Tree {
        let before = (self.is_pure, self.is_built);
        self.is_pure |= matches!(ty, Ty::Int | Ty::Bool);
        self.is_built |= *ty != Ty::Float;
        let made = if depth > 0 { self.by(productions::of(ty), ty, depth - 1) } else { None };
        (self.is_pure, self.is_built) = before;
        if let Some(tree) = made {
            return tree;
        }
        if self.dice.chance(75)
            && let Some(tree) = places::read(self, ty, 0)
        {
            return tree;
        }
        literals::simplest(self, ty)
    }

    pub fn float(&mut self, depth: usize) -> Tree {
        self.expr(&Ty::Float, depth)
    }

    /// One statement, unless there have been enough.
    pub fn statement(&mut self) -> Option<Tree> {
        if self.statements == 0 {
            return None;
        }
        self.statements -= 1;
        let before = std::mem::replace(&mut self.is_built, false);
        let made = self.by(productions::STATEMENTS, &Ty::Unit, 2);
        self.is_built = before;
        made
    }
}
