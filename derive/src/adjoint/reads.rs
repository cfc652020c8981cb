//! What a statement of the reverse sweep reads of the primal.

use super::Tables;
use crate::analysis::recorded::Reads;
use crate::analysis::reshaped;
use crate::ir::reverse::{Atom, Init, Lent, Passes, PullArg, Rev, Seed};
use crate::ir::{Code, Count, Head, Operand, Place, Stmt, StmtId, StmtKind, VarId};

/// Adds what `rev`, of the reverse of `stmt`, itself reads; what is inside its blocks was counted with the statements there.
pub fn collect(tables: &Tables, stmt: &Stmt, rev: &Rev, reads: &mut Reads) {
    for expression in rev.expressions() {
        expression.leaves(&mut |atom| read_atom(tables, atom, reads));
    }
    for place in rev.adjoints() {
        read_indices(tables, place, reads);
    }
    match rev {
        Rev::Gate { body, .. } => body.iter().for_each(|inner| collect(tables, stmt, inner, reads)),
        Rev::Swap { i, j, .. } => [i, j].into_iter().for_each(|code| read_code(tables, code, reads)),
        Rev::Edit { stmt, passes, .. } => {
            read_edit(tables, *stmt, reads);
            if let Passes::In(Seed::Zero(var)) = passes {
                read_shape(tables, *var, reads);
            }
        }
        Rev::Pull(pull) => {
            pull.args.iter().for_each(|arg| read_arg(tables, arg, reads));
            for seed in &pull.seeds {
                if let Seed::Zero(var) = seed {
                    read_shape(tables, *var, reads);
                }
            }
        }
        // The shape that was there before: the value must be restored.
        Rev::Replace { place, .. } => read_place(tables, place, reads),
        Rev::For { .. } => read_head(tables, stmt, reads),
        _ => {}
    }
}

/// The indices of an edit that is taken back.
fn read_edit(tables: &Tables, id: StmtId, reads: &mut Reads) {
    tables.function.walk(&mut |stmt, _| {
        if let StmtKind::Edit(edit) = &stmt.kind
            && stmt.id == id
        {
            edit.index().into_iter().for_each(|code| read_code(tables, code, reads));
        }
    });
}

/// The shape that a variable got where it was declared.
fn read_shape(tables: &Tables, var: VarId, reads: &mut Reads) {
    reads.shapes.insert(var);
    if reshaped::variables(tables.function).contains(&var) {
        reads.values.insert(var);
    }
}

fn read_atom(tables: &Tables, atom: &Atom, reads: &mut Reads) {
    match atom {
        Atom::Primal(Operand::Place(place)) => read_place(tables, place, reads),
        Atom::Primal(Operand::Passive(code)) => read_code(tables, code, reads),
        Atom::Adjoint(place) | Atom::Sum { place, .. } => read_indices(tables, place, reads),
        Atom::Local(_) | Atom::Seed => {}
    }
}

fn read_place(tables: &Tables, place: &Place, reads: &mut Reads) {
    reads.values.insert(tables.function.vars.root(place));
    read_indices(tables, place, reads);
}

pub fn read_code(tables: &Tables, code: &Code, reads: &mut Reads) {
    reads.values.extend(tables.function.vars.reads(code));
    reads.shapes.extend(tables.function.vars.shape_reads(code));
}

fn read_indices(tables: &Tables, place: &Place, reads: &mut Reads) {
    let resolved = tables.function.vars.resolve(place);
    for code in resolved.codes() {
        read_code(tables, code, reads);
    }
}

fn read_arg(tables: &Tables, arg: &PullArg, reads: &mut Reads) {
    match arg {
        PullArg::Value(_) => {}
        PullArg::PassiveRef(code) => read_code(tables, code, reads),
        PullArg::Ref { place, adjoint, .. } => {
            read_place(tables, place, reads);
            if let Some(Lent::Separate(_)) = adjoint {
                reads.shapes.insert(place.root);
            }
        }
    }
}

/// The bounds of a loop.
fn read_head(tables: &Tables, stmt: &Stmt, reads: &mut Reads) {
    let StmtKind::Loop(looped) = &stmt.kind else { return };
    reads.shapes.extend(looped.trips);
    match &looped.head {
        Head::Range { low, high, .. } => {
            read_code(tables, low, reads);
            read_code(tables, high, reads);
        }
        Head::Items { count, derived, .. } => {
            match count {
                Count::Elements(place) => read_length(tables, place, reads),
                Count::Code(code) => read_code(tables, code, reads),
            }
            derived.iter().for_each(|(_, code)| read_code(tables, code, reads));
        }
        Head::Recorded | Head::While | Head::Endless => {}
    }
}

fn read_length(tables: &Tables, place: &Place, reads: &mut Reads) {
    let resolved = tables.function.vars.resolve(place);
    // A `Vec` may have had another length then.
    match tables.function.vars.ty(&resolved).deref() {
        crate::ir::Ty::Slice(_) | crate::ir::Ty::Array(..) => reads.shapes.insert(resolved.root),
        _ => reads.values.insert(resolved.root),
    };
    read_indices(tables, &resolved, reads);
}

/// The shapes that the adjoints beginning with zeros take, here and in inner blocks.
pub fn shapes_begun(tables: &Tables, rev: &Rev, reads: &mut Reads) {
    rev.walk(&mut |rev| {
        if let Rev::Begin { var, init: Init::Zero } = rev
            && needs_value(tables, *var)
        {
            reads.shapes.insert(*var);
        }
    });
}

/// Whether the zero of a variable's adjoint takes the variable's shape from its value.
fn needs_value(tables: &Tables, var: VarId) -> bool {
    !has_fixed_shape(&tables.function.vars[var].ty)
}

/// Scalars, and arrays and tuples of them.
pub fn has_fixed_shape(ty: &crate::ir::Ty) -> bool {
    match ty {
        crate::ir::Ty::Float(_) | crate::ir::Ty::Unit => true,
        crate::ir::Ty::Array(elem, _) => elem.is_scalar(),
        crate::ir::Ty::Tuple(elems) => elems.iter().all(crate::ir::Ty::is_scalar),
        _ => false,
    }
}
