//! Lowers a function's body to the intermediate representation.
//!
//! Enters: the function with unique names, and which parameters are constant. Leaves: an [`ir::Function`] that keeps the
//! IR's contract. This is the only place that looks inside the user's syntax; afterwards it is opaque payload.
//!
//! ```text
//! x * y.sin() + 1.0      let t = y.sin();  let t_1 = x * t;  let t_2 = t_1 + 1.0;
//! ```
//!
//! What is passive stays as it is written, so lowering must know which variables are *varied* (depend on a
//! differentiable parameter). It finds out by lowering until no further variable turns out to be: a variable becomes
//! varied when something varied is assigned to it anywhere.

mod accesses;
mod branch;
mod call;
mod chains;
mod closures;
mod edits;
mod effects;
mod exchange;
mod expr;
mod hints;
mod infer;
mod integers;
mod items;
mod iterators;
mod jumps;
mod loops;
mod matched;
mod method;
mod options;
mod passive;
mod pat;
mod place;
mod refuse;
mod stmt;
mod streams;
mod views;

use crate::diag::Errors;
use crate::ir::{self, BlockId, Op, Operand, Place, Stmt, StmtId, StmtKind, Ty, VarId, VarKind, Vars};
use crate::names::Names;
use crate::signature::Signature;
use proc_macro2::{Ident, Span};
use std::collections::{HashMap, HashSet};

/// A record is within the record of what comes before it, and so are their types. The compiler gives up on types that
/// are nested too deeply, and takes long before it does.
const MOST_RESTS: usize = 40;

/// A lowered function and the names of its varied variables.
pub struct Lowered {
    pub function: ir::Function,
    pub varied: HashSet<VarId>,
    pub names: Names,
}

pub fn lower(signature: &Signature, body: &syn::Block, names: &Names, errors: &mut Errors) -> Lowered {
    let mut varied: HashSet<String> =
        signature.params.iter().filter(|param| param.differentiable).map(|param| param.name.to_string()).collect();
    let mut called = HashMap::new();
    loop {
        let known = varied.len();
        let mut cx = Lower::new(signature, names.clone(), varied);
        cx.called_before = called;
        let function = cx.lower_function(signature, body);
        varied = cx.varied;
        // Counts only grow from round to round, so that the rounds come to an end.
        for (name, &before) in &cx.called_before {
            let count = cx.called.entry(name.clone()).or_default();
            *count = before.max(*count);
        }
        let settled = cx.called == cx.called_before;
        called = cx.called;
        if varied.len() == known && settled {
            errors.extend(cx.errors);
            let varied =
                function.vars.ids().filter(|&id| varied.contains(&function.vars[id].name.to_string())).collect();
            return Lowered { function, varied, names: cx.names };
        }
    }
}

/// A block that statements are being added to.
struct OpenBlock {
    id: BlockId,
    stmts: Vec<Stmt>,
    /// It is the rest of the block before it.
    is_rest: bool,
    /// Its last statement may leave it, so what follows is its rest.
    leaves: bool,
}

/// A loop whose body is being lowered.
struct OpenLoop {
    body: BlockId,
    label: Option<syn::Lifetime>,
    /// Some jump ends it before its header would.
    broken: bool,
    /// What `break` gives a value to.
    target: Option<VarId>,
    /// Variables without a value where the loop begins.
    unassigned: HashSet<VarId>,
}

struct Lower {
    name: Ident,
    vars: Vars,
    names: Names,
    /// Names of the variables that depend on a differentiable parameter, as far as it is known.
    varied: HashSet<String>,
    errors: Errors,
    hints: hints::Hints,
    items: Vec<syn::Item>,
    /// How many blocks of the user's are around a statement, that of the body among them.
    depth: usize,
    /// How often each name occurs in the body.
    mentioned: HashMap<String, usize>,
    /// The blocks being lowered, innermost last.
    open: Vec<OpenBlock>,
    /// The loops being lowered, innermost last.
    loops: Vec<OpenLoop>,
    /// The variable for the result, where there is an early `return`.
    result: Option<VarId>,
    /// Declared without a value and not assigned yet on any path.
    unassigned: HashSet<VarId>,
    /// Declared without a value, and assigned on some paths only.
    unsure: HashSet<VarId>,
    /// Parameters that the user declared constant.
    constants: HashSet<VarId>,
    /// A place is being lent mutably: its indices must not read what it is a part of.
    lending: bool,
    /// A pattern may be that of a variant among several.
    refutable: bool,
    /// Names that a pattern binds by value are copies, because what it is held against may change.
    copied: bool,
    /// Variables that hold a copy of what the user's expression refers to: `*` before them says nothing.
    dereferenced: HashSet<VarId>,
    /// The variables that patterns bound by value, and what to.
    bound: HashMap<VarId, Place>,
    /// Closures that are written in place where they are called.
    closures: HashMap<VarId, syn::ExprClosure>,
    /// The names of those that are not.
    plain_closures: HashSet<String>,
    /// How often each closure is called with a value that carries a derivative, in the round before and in this one.
    called_before: HashMap<String, usize>,
    called: HashMap<String, usize>,
    /// How many calls of closures were written in place in this round.
    calls_in_place: usize,
    /// How many of them are around what is being lowered.
    calls_around: usize,
    /// Variables whose value was refused.
    refused: HashSet<VarId>,
    /// What the compiler is asked to check already.
    asserted: HashSet<String>,
    next_stmt: usize,
    next_block: usize,
}

impl Lower {
    fn new(signature: &Signature, names: Names, varied: HashSet<String>) -> Lower {
        Lower {
            name: signature.name.clone(),
            vars: Vars::default(),
            names,
            varied,
            errors: Errors::default(),
            hints: hints::Hints::default(),
            items: Vec::new(),
            mentioned: HashMap::new(),
            open: Vec::new(),
            depth: 0,
            loops: Vec::new(),
            result: None,
            unassigned: HashSet::new(),
            unsure: HashSet::new(),
            constants: HashSet::new(),
            lending: false,
            refutable: false,
            copied: false,
            dereferenced: HashSet::new(),
            bound: HashMap::new(),
            closures: HashMap::new(),
            plain_closures: HashSet::new(),
            called_before: HashMap::new(),
            called: HashMap::new(),
            calls_in_place: 0,
            calls_around: 0,
            refused: HashSet::new(),
            asserted: HashSet::new(),
            next_stmt: 0,
            next_block: 0,
        }
    }

    fn lower_function(&mut self, signature: &Signature, body: &syn::Block) -> ir::Function {
        let params = signature.params.iter().map(|param| self.add_param(param)).collect();
        let mut result = None;
        let stmts = &body.stmts;
        items::count_all(quote::quote!(#(#stmts)*), &mut self.mentioned);
        self.hints = hints::Hints::gather(body);
        let body = self.block(|cx| {
            let value = cx.lower_body(signature, body);
            result = value.map(|operand| cx.settle_result(operand));
        });
        debug_assert_eq!(body.id, BlockId::BODY);
        ir::Function {
            name: signature.name.clone(),
            vars: std::mem::take(&mut self.vars),
            params,
            items: std::mem::take(&mut self.items),
            body,
            result: result.filter(|_| signature.returns_value()),
        }
    }

    /// With an early `return` the result is a variable, which every exit gives its value.
    fn lower_body(&mut self, signature: &Signature, body: &syn::Block) -> Option<Operand> {
        if !jumps::returns(body) {
            return self.lower_stmts(&body.stmts, signature.returns_value());
        }
        if !signature.returns_value() {
            self.lower_stmts(&body.stmts, false);
            return None;
        }
        let span = signature.name.span();
        let var = self.new_var("result", VarKind::Local, signature.output_ty(), span);
        self.vars[var].annotation.clone_from(&signature.output);
        self.result = Some(var);
        self.push(span, StmtKind::Declare { var });
        if let Some(value) = self.lower_stmts(&body.stmts, true) {
            self.assign_target(var, value);
        }
        Some(Operand::Place(Place::var(var, span)))
    }

    /// A result is a place or passive code; a reference cannot be one.
    fn settle_result(&mut self, result: Operand) -> Operand {
        if let Operand::Place(place) = &result
            && self.vars.ty(place).is_ref()
            && !self.vars.ty(place).deref().is_scalar()
        {
            self.errors.at(place.span, "a function that returns a reference has no gradient: return the value itself, for example with `.to_vec()`");
        }
        result
    }

    fn add_param(&mut self, param: &crate::signature::Param) -> VarId {
        let var = self.vars.add(ir::vars::Var {
            name: param.name.clone(),
            kind: VarKind::Param,
            ty: param.ty.clone(),
            annotation: None,
            assumed: false,
            mutable: param.mutable,
            alias: None,
        });
        if !param.differentiable {
            self.constants.insert(var);
        }
        var
    }

    fn new_block(&mut self) -> BlockId {
        self.next_block += 1;
        BlockId(self.next_block - 1)
    }

    fn next_stmt_id(&mut self) -> StmtId {
        self.next_stmt += 1;
        StmtId(self.next_stmt - 1)
    }

    fn push(&mut self, span: Span, kind: StmtKind) {
        let id = self.next_stmt_id();
        if self.innermost().leaves {
            // After a jump nothing runs; after a statement that may jump, what follows is the rest of the block.
            if matches!(self.innermost().stmts.last(), Some(Stmt { kind: StmtKind::Exit(_), .. })) {
                return;
            }
            if self.open.iter().filter(|block| block.is_rest).count() == MOST_RESTS {
                if self.errors.is_empty() {
                    self.errors.at(span, refuse::EXITS_WITHOUT_END);
                }
                return;
            }
            self.open_block(true);
        }
        let stmt = Stmt { id, span, kind };
        let leaves = stmt.may_leave();
        let block = self.innermost();
        block.leaves = leaves;
        block.stmts.push(stmt);
    }

    fn innermost(&mut self) -> &mut OpenBlock {
        self.open.last_mut().expect("a block is open")
    }

    fn open_block(&mut self, is_rest: bool) -> BlockId {
        let id = self.new_block();
        self.open.push(OpenBlock { id, stmts: Vec::new(), is_rest, leaves: false });
        id
    }

    /// Closes the innermost block, and with it what is its rest.
    fn close_block(&mut self) -> ir::Block {
        loop {
            let OpenBlock { id, stmts, is_rest, .. } = self.open.pop().expect("a block is open");
            let block = ir::Block { id, stmts };
            if !is_rest {
                return block;
            }
            let id = self.next_stmt_id();
            let rest = Stmt { id, span: Span::mixed_site(), kind: StmtKind::Rest(block) };
            self.innermost().stmts.push(rest);
        }
    }

    /// Lowers into a block of its own.
    fn block(&mut self, lower: impl FnOnce(&mut Self)) -> ir::Block {
        self.open_block(false);
        lower(self);
        self.close_block()
    }

    fn new_var(&mut self, base: &str, kind: VarKind, ty: Ty, span: Span) -> VarId {
        let mut name = self.names.fresh(base);
        name.set_span(name.span().located_at(span));
        self.vars.add(ir::vars::Var { name, kind, ty, annotation: None, assumed: false, mutable: false, alias: None })
    }

    /// Binds `op` to a new temporary and returns it as an operand.
    fn temp(&mut self, op: Op, ty: Ty, span: Span) -> Operand {
        let var = self.new_var("t", VarKind::Temp, ty, span);
        self.push_let(var, op, span);
        Operand::Place(Place::var(var, span))
    }

    fn push_let(&mut self, var: VarId, op: Op, span: Span) {
        let flat = matches!(&op, Op::Apply { rule, .. } if rule.is_flat());
        // A part of unknown type that is bound as an integer is one, by the user's word, which the compiler checks.
        let checked = self.vars[var].annotation.is_some() || self.vars[var].assumed;
        let declared_passive = checked && self.vars[var].ty.is_passive();
        let is_read = matches!(&op, Op::Use(operand) if self.operand_type(operand) == Ty::Unknown);
        let cut = flat || (declared_passive && is_read);
        if !cut && op.operands().iter().any(|operand| self.is_active(operand)) {
            self.require_active_type(var, span);
            self.vary(var);
        }
        self.push(span, StmtKind::Let { var, op });
    }

    /// A derivative must not end in a variable whose type cannot carry one.
    fn require_active_type(&mut self, var: VarId, span: Span) {
        if self.vars[var].ty.is_passive() {
            let name = &self.vars[var].name;
            let message = format!(
                "a value with a derivative flows into `{name}`, whose type seems to have none: annotate the type of `{name}`, or cut the derivative with `stop_gradient(…)`"
            );
            self.errors.at(span, message);
        }
    }

    /// Notes that a variable carries a derivative, unless its type cannot.
    fn vary(&mut self, var: VarId) {
        if !self.vars[var].ty.is_passive() {
            self.varied.insert(self.vars[var].name.to_string());
        }
    }

    fn is_varied(&self, var: VarId) -> bool {
        let root = self.vars.root(&Place::var(var, Span::call_site()));
        self.varied.contains(&self.vars[root].name.to_string()) && !self.vars[var].ty.is_passive()
    }

    fn is_active(&self, operand: &Operand) -> bool {
        match operand {
            Operand::Place(place) => self.is_active_place(place),
            Operand::Passive(_) => false,
        }
    }

    fn is_active_place(&self, place: &Place) -> bool {
        self.is_varied(place.root) && !self.vars.ty(place).is_passive()
    }
}
