//! The reverse sweep, as statements on adjoints.
//!
//! Every place here is resolved: its root is no alias, so it can be read and written after the forward sweep's
//! references are gone. A statement runs when all variables have the values that they had at its primal statement.

use super::{Code, Operand, Place, StmtId, VarId};
use crate::rules::Formula;
use proc_macro2::Ident;

/// A scalar expression of the reverse sweep.
pub type Expression = Formula<Atom>;

#[derive(Clone)]
pub enum Atom {
    /// A value of the forward sweep.
    Primal(Operand),
    /// The adjoint of a place.
    Adjoint(Place),
    /// An adjoint held in a variable of its own.
    Local(Ident),
    /// The adjoint of the function's result.
    Seed,
    /// The sum of an adjoint's elements; `drain` also sets them to zero.
    Sum { place: Place, drain: bool },
}

/// Where an adjoint that is no scalar comes from.
#[derive(Clone)]
pub enum Source {
    Adjoint(Place),
    /// The same, where another statement may take it as well.
    Shared(Place),
    Local(Ident),
    /// A `Vec` of the adjoints of elements, for whatever holds these.
    Elements(Ident),
    Seed,
}

/// How the variable for an adjoint begins.
#[derive(Clone)]
pub enum Init {
    /// Zeros in the shape of the primal variable.
    Zero,
    Scalar(Expression),
    Source(Source),
}

#[derive(Clone)]
pub enum Rev {
    /// `let mut x_bar = …;`: the adjoint of `var` comes into being.
    Begin {
        var: VarId,
        init: Init,
    },
    /// `let name = value;`: what several additions share
    Local {
        name: Ident,
        value: Expression,
    },
    /// `x_bar += value;`
    Add {
        to: Place,
        negative: bool,
        value: Expression,
    },
    /// `add_cast(&mut x_bar, value);` where `x` may be a float of another width, or an integer
    AddCast {
        to: Place,
        value: Expression,
    },
    /// `accumulate(&mut x_bar, &from);` for what may be no scalar
    AddAll {
        to: Place,
        from: Source,
    },
    /// `accumulate_each(&mut x_bar, &from_bar);`: adds every element
    AddEach {
        to: Place,
        from: Place,
    },
    /// `let name = take(&mut x_bar);`: the value that was overwritten here had no influence before.
    Take {
        name: Ident,
        from: Place,
    },
    /// What takes an [`Edit`](super::Edit) back, done to the adjoint.
    Edit {
        stmt: StmtId,
        place: Place,
        passes: Passes,
    },
    /// The same where nothing active was assigned.
    Clear {
        place: Place,
    },
    /// `let name = replace(&mut x_bar, zero_gradient(&x));`: the same for what may have had another shape before
    Replace {
        name: Option<Ident>,
        place: Place,
    },
    /// `drain_into(&mut from_bar, &mut to_bar);`
    Drain {
        from: Place,
        to: Place,
    },
    Swap {
        place: Place,
        i: Code,
        j: Code,
    },
    /// `swap(&mut a_bar, &mut b_bar);`
    Exchange {
        a: Place,
        b: Place,
        slices: bool,
    },
    /// Only where the adjoint is not zero: what influences nothing contributes nothing, even by an infinite derivative.
    Gate {
        guard: Guard,
        body: Vec<Rev>,
    },
    Pull(Pull),
    If {
        stmt: StmtId,
        then: Vec<Rev>,
        otherwise: Vec<Rev>,
    },
    /// The arm that ran.
    Match {
        stmt: StmtId,
        arms: Vec<Vec<Rev>>,
    },
    /// If the rest of the block ran.
    Rest {
        stmt: StmtId,
        body: Vec<Rev>,
    },
    For {
        stmt: StmtId,
        body: Vec<Rev>,
        commutes: bool,
    },
    /// Everything above this line belongs to the statement: first the places that it overwrote get their old values.
    Restore {
        stmt: StmtId,
    },
}

/// What goes into the adjoint of a `Vec`, or out of it, where an edit is taken back.
#[derive(Clone)]
pub enum Passes {
    /// What was put in goes, and its adjoint gets this name.
    Out(Ident),
    /// What was taken out comes back, with the adjoint of the edit's result.
    In(Seed),
    Nothing,
}

/// What must not be zero.
#[derive(Clone)]
pub enum Guard {
    Scalar(Expression),
    /// At least one of the adjoints of these variables, of whatever type.
    Any(Vec<VarId>),
}

/// The call of a pullback.
#[derive(Clone)]
pub struct Pull {
    pub stmt: StmtId,
    /// The adjoints of the call's results are zero as a whole, or there are some.
    pub seeds: Vec<Seed>,
    pub args: Vec<PullArg>,
}

#[derive(Clone)]
pub enum Seed {
    Adjoint(VarId),
    Zero(VarId),
}

#[derive(Clone)]
pub enum PullArg {
    /// By value: the pullback returns its adjoint, which gets this name if it is wanted.
    Value(Option<Ident>),
    /// By reference: lent again, with its adjoint if it is active.
    Ref {
        place: Place,
        mutable: bool,
        adjoint: Option<Lent>,
    },
    PassiveRef(Code),
}

#[derive(Clone)]
pub enum Lent {
    /// The adjoint itself.
    Direct,
    /// A buffer of its own, because another argument's adjoint has the same root; added afterwards.
    Separate(Ident),
}

impl Rev {
    /// Calls `visit` with this statement and all within.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Rev)) {
        visit(self);
        match self {
            Rev::Gate { body, .. } | Rev::Rest { body, .. } | Rev::For { body, .. } => {
                body.iter().for_each(|rev| rev.walk(visit));
            }
            Rev::Match { arms, .. } => arms.iter().flatten().for_each(|rev| rev.walk(visit)),
            Rev::If { then, otherwise, .. } => then.iter().chain(otherwise).for_each(|rev| rev.walk(visit)),
            _ => {}
        }
    }

    /// The scalar expressions of this statement itself.
    pub fn expressions(&self) -> Vec<&Expression> {
        match self {
            Rev::Begin { init: Init::Scalar(value), .. }
            | Rev::Local { value, .. }
            | Rev::Add { value, .. }
            | Rev::AddCast { value, .. } => vec![value],
            Rev::Gate { guard: Guard::Scalar(adjoint), .. } => vec![adjoint],
            _ => Vec::new(),
        }
    }

    /// The places whose adjoints this statement itself reads or changes.
    pub fn adjoints(&self) -> Vec<&Place> {
        let mut places = self.targets();
        for expression in self.expressions() {
            expression.leaves(&mut |atom| match atom {
                Atom::Adjoint(place) | Atom::Sum { place, .. } => places.push(place),
                _ => {}
            });
        }
        match self {
            Rev::Begin { init: Init::Source(Source::Adjoint(place) | Source::Shared(place)), .. }
            | Rev::AddAll { from: Source::Adjoint(place) | Source::Shared(place), .. }
            | Rev::AddEach { from: place, .. } => places.push(place),
            _ => {}
        }
        places
    }

    /// The variables whose adjoints this statement itself has to do with, or that it guards.
    pub fn touched(&self) -> Vec<VarId> {
        let mut touched: Vec<VarId> = self.adjoints().into_iter().map(|place| place.root).collect();
        match self {
            Rev::AddEach { from, .. } => touched.push(from.root),
            Rev::Gate { guard, body } => {
                if let Guard::Any(vars) = guard {
                    touched.extend(vars);
                }
                touched.extend(body.iter().flat_map(Rev::touched));
            }
            Rev::Pull(pull) => touched.extend(pull.seeds.iter().filter_map(|seed| match seed {
                Seed::Adjoint(var) => Some(*var),
                Seed::Zero(_) => None,
            })),
            _ => {}
        }
        touched
    }

    /// The places whose adjoints this statement itself changes.
    pub fn targets(&self) -> Vec<&Place> {
        match self {
            Rev::Add { to, .. } | Rev::AddCast { to, .. } | Rev::AddAll { to, .. } | Rev::AddEach { to, .. } => {
                vec![to]
            }
            Rev::Take { from, .. } => vec![from],
            Rev::Clear { place } | Rev::Replace { place, .. } | Rev::Swap { place, .. } | Rev::Edit { place, .. } => {
                vec![place]
            }
            Rev::Exchange { a, b, .. } => vec![a, b],
            Rev::Drain { from, to } => vec![from, to],
            Rev::Pull(pull) => pull.lent().collect(),
            _ => Vec::new(),
        }
    }
}

impl Pull {
    /// The places whose adjoints are lent directly.
    pub fn lent(&self) -> impl Iterator<Item = &Place> {
        self.args.iter().filter_map(|arg| match arg {
            PullArg::Ref { place, adjoint: Some(Lent::Direct), .. } => Some(place),
            _ => None,
        })
    }
}
