//! The variables that a statement mentions.

use super::{Arg, Code, Count, Head, Op, Operand, Place, Projection, Stmt, StmtKind, VarId};

impl Stmt {
    /// All variables that the statement itself mentions, once per mention. The places that aliases stand for are
    /// mentioned by the reverse sweep only.
    pub fn mentions(&self) -> Vec<VarId> {
        let mut found = Mentions::default();
        match &self.kind {
            StmtKind::Let { op, .. } => {
                op.operands().iter().for_each(|operand| found.operand(operand));
                match op {
                    Op::Repeat { len, .. } => found.code(len),
                    Op::Unwrap { args, .. } => args.iter().for_each(|arg| found.code(arg)),
                    _ => {}
                }
            }
            StmtKind::Assign { place, value, .. }
            | StmtKind::Accumulate { place, value, .. }
            | StmtKind::Fill { place, value }
            | StmtKind::Copy { to: place, from: value, .. } => {
                found.operand(value);
                found.place(place);
            }
            StmtKind::Call(call) => call.args.iter().for_each(|arg| match arg {
                Arg::Value(value) => found.operand(value),
                Arg::Ref { place, .. } => found.place(place),
                Arg::PassiveRef(code) => found.code(code),
            }),
            StmtKind::Swap { place, i, j } => {
                found.place(place);
                found.code(i);
                found.code(j);
            }
            StmtKind::Edit(edit) => {
                edit.value().into_iter().for_each(|value| found.operand(value));
                found.place(&edit.place);
                edit.codes().into_iter().for_each(|code| found.code(code));
            }
            StmtKind::Exchange { a, b, .. } => {
                found.place(a);
                found.place(b);
            }
            StmtKind::If { cond, .. } | StmtKind::LetElse { condition: cond, .. } => found.code(cond),
            StmtKind::Match { scrutinee, arms } => {
                found.code(scrutinee);
                arms.iter().filter_map(|arm| arm.guard.as_ref()).for_each(|guard| found.code(guard));
            }
            StmtKind::Loop(looped) => {
                found.code(&looped.iter);
                match &looped.head {
                    Head::Items { count: Count::Elements(place), .. } => found.place(place),
                    Head::Items { count: Count::Code(code), .. } => found.code(code),
                    _ => {}
                }
            }
            StmtKind::Alias { code, .. } => found.code(code),
            StmtKind::Passive { uses, .. } => found.vars.extend(uses),
            StmtKind::Declare { .. } | StmtKind::Rest(_) | StmtKind::Exit(_) => {}
        }
        found.vars
    }
}

#[derive(Default)]
struct Mentions {
    vars: Vec<VarId>,
}

impl Mentions {
    fn code(&mut self, code: &Code) {
        self.vars.extend(&code.uses);
    }

    fn place(&mut self, place: &Place) {
        self.vars.push(place.root);
        for projection in &place.projections {
            if let Projection::Index(code) | Projection::Range(code) = projection {
                self.code(code);
            }
        }
    }

    fn operand(&mut self, operand: &Operand) {
        match operand {
            Operand::Place(place) => self.place(place),
            Operand::Passive(code) => self.code(code),
        }
    }
}
