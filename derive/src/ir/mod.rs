//! The intermediate representation: what lowering makes and every later pass reads.
//!
//! Contract (established by `lower`, relied on everywhere else):
//!
//! 1. Every variable has one name in the whole function (`resolve` made them unique), so blocks need no scopes.
//! 2. A right-hand side is one operation on operands: a place (a variable or a part of one) or passive code.
//! 3. Passive code touches nothing that carries a derivative, except through operations that cut it (comparisons,
//!    `len`, `stop_gradient`); it is kept as it was written and runs in the forward sweep.
//! 4. An operand that is passive code is cheap, has no effects, and may be evaluated again in the reverse sweep,
//!    where all variables it reads have been restored to the values they had.
//! 5. A reference bound by `let` or a loop is an *alias* of a place. Its index expressions are frozen: they read only
//!    variables that never change.
//! 6. Control flow is structured: `if`, `match` and loops, each with blocks of their own. A statement that may leave its
//!    block (by `break`, `continue`, `return`) is the last of it but for a [`StmtKind::Rest`], which holds what follows.
//! 7. Facts about the program are in side tables of the analyses, never here.

pub mod code;
pub mod edit;
mod mentions;
pub mod place;
pub mod print;
pub mod reverse;
pub mod ty;
pub mod vars;

pub use code::Code;
pub use edit::{Edit, EditKind};
pub use place::{Payload, Place, Projection};
pub use ty::{Float, Ty};
pub use vars::{VarId, VarKind, Vars};

use crate::rules::Rule;
use proc_macro2::{Ident, Span};
use std::collections::HashMap;

/// A function in normal form.
pub struct Function {
    pub name: Ident,
    pub vars: Vars,
    /// The parameters in order, as variables.
    pub params: Vec<VarId>,
    /// Items declared inside the body (`const`, `use`, inner functions), hoisted to its head.
    pub items: Vec<syn::Item>,
    pub body: Block,
    /// What the function returns; `None` for `()`.
    pub result: Option<Operand>,
}

/// A number that names a statement in side tables.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct StmtId(pub usize);

/// A number that names a block in side tables. The function's body is block 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct BlockId(pub usize);

impl BlockId {
    pub const BODY: BlockId = BlockId(0);
}

/// Statements that run one after the other.
pub struct Block {
    pub id: BlockId,
    pub stmts: Vec<Stmt>,
}

impl Block {
    /// Whether every run of the block ends with a jump out of it.
    pub fn always_leaves(&self) -> bool {
        self.stmts.last().is_some_and(|stmt| match &stmt.kind {
            StmtKind::Exit(_) => true,
            StmtKind::If { then, otherwise, .. } => then.always_leaves() && otherwise.always_leaves(),
            StmtKind::Match { arms, .. } => arms.iter().all(|arm| arm.body.always_leaves()),
            StmtKind::Rest(block) => block.always_leaves(),
            _ => false,
        })
    }
}

pub struct Stmt {
    pub id: StmtId,
    pub span: Span,
    pub kind: StmtKind,
}

#[allow(clippy::large_enum_variant, reason = "a function has few statements, and they do not live long")]
pub enum StmtKind {
    /// `let var = op;`
    Let {
        var: VarId,
        op: Op,
    },
    /// `let var;`, assigned later
    Declare {
        var: VarId,
    },
    /// `let var = &place;` or the variable of a loop over a slice: another name of `place`, see [`Vars::resolve`]
    Alias {
        var: VarId,
        code: Code,
    },
    /// `place = value;`; `init` when it gives a declared variable its first value
    Assign {
        place: Place,
        value: Operand,
        init: bool,
    },
    /// `place += value;` or `-=`
    Accumulate {
        place: Place,
        negative: bool,
        value: Operand,
    },
    /// `let results = function(args);` for a function with a derivative
    Call(Call),
    /// `place.fill(value);`
    Fill {
        place: Place,
        value: Operand,
    },
    /// `to.copy_from_slice(&from);` or `clone_from_slice`
    Copy {
        to: Place,
        from: Operand,
        method: Ident,
    },
    /// `place.push(value);` and whatever else changes a `Vec` or a slice as a whole
    Edit(Edit),
    /// `std::mem::swap(&mut a, &mut b);`, or `a.swap_with_slice(&mut b);`
    Exchange {
        a: Place,
        b: Place,
        slices: bool,
    },
    /// `place.swap(i, j);`
    Swap {
        place: Place,
        i: Code,
        j: Code,
    },
    If {
        cond: Code,
        then: Block,
        otherwise: Block,
    },
    /// `let pattern = value else { otherwise };` with a passive value; the other block always leaves
    LetElse {
        condition: Code,
        declares: Vec<VarId>,
        otherwise: Block,
    },
    Match {
        scrutinee: Code,
        arms: Vec<MatchArm>,
    },
    Loop(Loop),
    /// What follows a statement that may leave the block: it runs if that one did not. In scope it is part of the block.
    Rest(Block),
    Exit(Exit),
    /// Passive code, verbatim; `declares` lists the variables that its patterns bind at this level.
    Passive {
        code: syn::Stmt,
        uses: Vec<VarId>,
        defs: Vec<VarId>,
        declares: Vec<VarId>,
    },
}

/// A place to read or passive code to evaluate.
#[derive(Clone)]
pub enum Operand {
    Place(Place),
    Passive(Code),
}

/// The right-hand side of a `let`.
pub enum Op {
    /// The value of an operand.
    Use(Operand),
    /// A rule of the table, on scalars.
    Apply { rule: &'static Rule, operands: Vec<Operand> },
    /// `operand as f32`; of a number whose type is not known, which may be an integer, if `from` is `None`
    Cast { operand: Place, from: Option<Float>, to: Float },
    /// `(a, b)`, `[a, b]` or `vec![a, b]`
    Pack { kind: PackKind, elems: Vec<Operand> },
    /// `Name { field: value, ..rest }` or `Name(value)`
    Struct(Literal),
    /// `[elem; len]` or `vec![elem; len]`
    Repeat { kind: PackKind, elem: Operand, len: Code },
    /// `place.clone()`, `place.to_vec()` …
    Clone { place: Place, method: Ident },
    /// The pattern of the statement around has bound the variable to a part of what it was held against.
    Bound { place: Place },
    /// `place.unwrap()`, `place.expect(…)`: what is inside an `Option` or a `Result`
    Unwrap { place: Place, method: Ident, args: Vec<Code> },
}

/// A struct or a variant of an enum, made of its fields.
pub struct Literal {
    pub path: syn::Path,
    pub fields: Vec<(syn::Member, Operand)>,
    /// Where the other fields come from.
    pub rest: Option<Operand>,
    pub kind: LiteralKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum LiteralKind {
    Struct,
    /// A variant of an enum.
    Variant,
    /// `Box::new(value)`
    Box,
}

impl Literal {
    /// The step into a field.
    pub fn projection(&self, member: &syn::Member) -> Projection {
        match self.kind {
            LiteralKind::Variant => Projection::Payload(Payload { path: self.path.clone(), member: member.clone() }),
            LiteralKind::Struct => Projection::Field(member.clone()),
            LiteralKind::Box => Projection::Deref,
        }
    }

    /// Whether it can be written as a call, `Name(a, b)`.
    pub fn is_positional(&self) -> bool {
        let in_order = self.fields.iter().enumerate().all(|(at, (member, _))| match member {
            syn::Member::Unnamed(index) => index.index as usize == at,
            syn::Member::Named(_) => false,
        });
        in_order && !self.fields.is_empty() && self.rest.is_none()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PackKind {
    Tuple,
    Array,
    Vec,
}

pub struct Call {
    pub path: syn::Path,
    pub args: Vec<Arg>,
    pub result: CallResult,
}

/// How a call's value is bound.
pub enum CallResult {
    Var(VarId),
    Tuple(Vec<VarId>),
}

impl CallResult {
    pub fn vars(&self) -> &[VarId] {
        match self {
            CallResult::Var(var) => std::slice::from_ref(var),
            CallResult::Tuple(vars) => vars,
        }
    }
}

/// An argument of a call, as it is written: by value or by reference.
pub enum Arg {
    Value(Operand),
    /// `reborrow`: the place is a variable that is itself a reference, and is passed on as it is.
    Ref {
        place: Place,
        mutable: bool,
        reborrow: bool,
    },
    /// A reference to something passive that has no place, such as `&[1.0, 2.0]`.
    PassiveRef(Code),
}

/// An arm of a `match`. The variables of its pattern belong to its body.
pub struct MatchArm {
    pub pat: syn::Pat,
    pub guard: Option<Code>,
    pub body: Block,
}

/// A jump out of a block.
pub struct Exit {
    pub target: Target,
    pub label: Option<syn::Lifetime>,
}

/// Where a jump goes: loops are named by their bodies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    Break(BlockId),
    Continue(BlockId),
    Return,
}

pub struct Loop {
    pub head: Head,
    pub label: Option<syn::Label>,
    /// The header as it was written: pattern and iterator, or the condition of a `while`.
    pub pat: Option<syn::Pat>,
    pub iter: Code,
    pub body: Block,
    /// Counts the trips, where they cannot be told from the header.
    pub trips: Option<VarId>,
}

/// What a loop runs over, as far as the reverse sweep must know it.
#[allow(clippy::large_enum_variant, reason = "a function has few loops")]
pub enum Head {
    /// `for var in low..high`, frozen; `reversed` after `.rev()`
    Range { var: Option<VarId>, low: Code, high: Code, inclusive: bool, reversed: bool },
    /// Over the items of slices, arrays and ranges; `index` counts them, from the last one down if `reversed`. The
    /// pattern's variables are aliases of what stands there, or integers found from the index.
    Items { count: Count, index: VarId, reversed: bool, derived: Vec<(VarId, Code)> },
    /// Over another iterator of integers: the variable is saved on the tape.
    Recorded,
    /// `while`; the condition may bind variables of the body
    While,
    /// `loop`
    Endless,
}

/// How many items a loop has if it runs to its end.
pub enum Count {
    /// As many as the place has elements.
    Elements(Place),
    /// Another number, of what never changes.
    Code(Code),
}

impl Function {
    /// Whether the result is known to be one number.
    pub fn result_is_scalar(&self) -> bool {
        match &self.result {
            Some(Operand::Place(place)) => self.vars.ty(place).deref().is_scalar(),
            _ => false,
        }
    }

    /// Whether there are jumps.
    pub fn has_exits(&self) -> bool {
        let mut exits = false;
        self.walk(&mut |stmt, _| exits |= matches!(stmt.kind, StmtKind::Exit(_)));
        exits
    }

    /// Whether some path returns before the end of the body.
    pub fn returns(&self) -> bool {
        let mut returns = false;
        self.walk(&mut |stmt, _| {
            returns |= matches!(&stmt.kind, StmtKind::Exit(exit) if exit.target == Target::Return);
        });
        returns
    }

    /// All statements, by their numbers.
    pub fn stmts(&self) -> HashMap<StmtId, &Stmt> {
        let mut stmts = HashMap::new();
        self.walk(&mut |stmt, _| {
            stmts.insert(stmt.id, stmt);
        });
        stmts
    }

    /// Calls `visit` with every statement, outer before inner, and the block that it stands in.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Stmt, &'a Block)) {
        walk_block(&self.body, visit);
    }
}

pub fn walk_block<'a>(block: &'a Block, visit: &mut dyn FnMut(&'a Stmt, &'a Block)) {
    for stmt in &block.stmts {
        visit(stmt, block);
        for inner in stmt.blocks() {
            walk_block(inner, visit);
        }
    }
}

impl Stmt {
    /// The blocks inside this statement.
    pub fn blocks(&self) -> Vec<&Block> {
        match &self.kind {
            StmtKind::If { then, otherwise, .. } => vec![then, otherwise],
            StmtKind::LetElse { otherwise, .. } => vec![otherwise],
            StmtKind::Match { arms, .. } => arms.iter().map(|arm| &arm.body).collect(),
            StmtKind::Loop(looped) => vec![&looped.body],
            StmtKind::Rest(block) => vec![block],
            _ => Vec::new(),
        }
    }

    /// Whether a jump inside leaves the block that this statement stands in.
    pub fn may_leave(&self) -> bool {
        let mut inner = Vec::new();
        let mut targets = Vec::new();
        let mut visit = |stmt: &Stmt| match &stmt.kind {
            StmtKind::Loop(looped) => inner.push(looped.body.id),
            StmtKind::Exit(exit) => targets.push(exit.target),
            _ => {}
        };
        visit(self);
        self.blocks().into_iter().for_each(|block| walk_block(block, &mut |stmt, _| visit(stmt)));
        targets.iter().any(|target| match target {
            Target::Break(body) | Target::Continue(body) => !inner.contains(body),
            Target::Return => true,
        })
    }

    /// The variables that this statement itself brings into being in its block.
    pub fn declares(&self) -> Vec<VarId> {
        match &self.kind {
            StmtKind::Let { var, .. } | StmtKind::Declare { var } | StmtKind::Alias { var, .. } => vec![*var],
            StmtKind::Call(call) => call.result.vars().to_vec(),
            StmtKind::Edit(edit) => edit.result.into_iter().collect(),
            StmtKind::Passive { declares, .. } | StmtKind::LetElse { declares, .. } => declares.clone(),
            _ => Vec::new(),
        }
    }
}

impl Op {
    pub fn operands(&self) -> Vec<Operand> {
        match self {
            Op::Use(operand) => vec![operand.clone()],
            Op::Apply { operands, .. } => operands.clone(),
            Op::Cast { operand, .. } => vec![Operand::Place(operand.clone())],
            Op::Pack { elems, .. } => elems.clone(),
            Op::Struct(literal) => {
                literal.fields.iter().map(|(_, value)| value.clone()).chain(literal.rest.clone()).collect()
            }
            Op::Repeat { elem, .. } => vec![elem.clone()],
            Op::Clone { place, .. } | Op::Unwrap { place, .. } | Op::Bound { place } => {
                vec![Operand::Place(place.clone())]
            }
        }
    }
}
