//! The adjoint of one statement.

use super::{Adjoint, bar};
use crate::ir::reverse::{Atom, Expression, Guard, Rev, Source};
use crate::ir::{Code, Float, Literal, Op, Operand, PackKind, Payload, Place, Projection, Stmt, StmtKind, Ty, VarId};
use crate::rules::{Formula, Leaf, Rule, Shape};
use syn::parse_quote;

impl Adjoint<'_> {
    pub(super) fn adjoint_stmt(&mut self, stmt: &Stmt) -> Vec<Rev> {
        match &stmt.kind {
            StmtKind::Let { var, op } => self.adjoint_let(*var, op),
            StmtKind::Assign { place, value, init } => self.adjoint_assign(place, value, *init),
            StmtKind::Accumulate { place, negative, value } => self.adjoint_accumulate(place, *negative, value),
            StmtKind::Fill { place, value } => self.adjoint_fill(place, value),
            StmtKind::Edit(edit) => self.adjoint_edit(stmt.id, edit),
            StmtKind::Exchange { a, b, slices } => self.adjoint_exchange(a, b, *slices),
            StmtKind::Copy { to, from, .. } => self.adjoint_copy(to, from),
            StmtKind::Swap { place, i, j } => self.adjoint_swap(place, i, j),
            StmtKind::Call(call) => self.adjoint_call(stmt.id, call),
            StmtKind::If { then, otherwise, .. } => self.adjoint_if(stmt.id, then, otherwise),
            StmtKind::LetElse { otherwise, .. } => {
                let otherwise = self.inner_block(otherwise);
                vec![Rev::If { stmt: stmt.id, then: Vec::new(), otherwise }]
            }
            StmtKind::Match { arms, .. } => self.adjoint_match(stmt.id, arms),
            StmtKind::Rest(block) => self.adjoint_rest(stmt.id, block),
            StmtKind::Loop(looped) => self.adjoint_for(stmt.id, looped),
            StmtKind::Declare { .. } | StmtKind::Alias { .. } | StmtKind::Passive { .. } | StmtKind::Exit(_) => {
                Vec::new()
            }
        }
    }

    fn adjoint_let(&mut self, var: VarId, op: &Op) -> Vec<Rev> {
        if !self.bars.contains_key(&var) || self.is_untouched(&bar(var)) {
            return Vec::new();
        }
        match op {
            Op::Use(operand) => self.pass_on(operand, &bar(var)),
            Op::Clone { place, .. } | Op::Bound { place } => self.pass_on(&Operand::Place(place.clone()), &bar(var)),
            Op::Apply { rule, operands } => self.adjoint_apply(var, rule, operands),
            Op::Cast { operand, from, .. } => self.adjoint_cast(var, operand, *from),
            Op::Pack { kind, elems } => self.adjoint_pack(var, *kind, elems),
            Op::Unwrap { place, .. } => {
                let some = Payload { path: parse_quote!(Some), member: parse_quote!(0) };
                self.pass_on(&Operand::Place(place.clone().project(Projection::Payload(some))), &bar(var))
            }
            Op::Struct(literal) => self.adjoint_struct(var, literal),
            Op::Repeat { elem, .. } => self.adjoint_repeat(var, elem),
        }
    }

    /// The value was copied: its adjoint goes to where it came from.
    fn pass_on(&self, to: &Operand, from: &Place) -> Vec<Rev> {
        let Operand::Place(place) = to else { return Vec::new() };
        if !self.is_active(place) {
            return Vec::new();
        }
        let scalar = Formula::Leaf(Atom::Adjoint(from.clone()));
        // A part of unknown type that became a float is one, or counts as constant.
        let is_scalar = self.is_scalar(place) || (self.ty(place) == Ty::Unknown && self.is_scalar(from));
        if is_scalar {
            return vec![Rev::Add { to: self.target(place), negative: false, value: scalar }];
        }
        vec![Rev::AddAll { to: self.target(place), from: Source::Adjoint(from.clone()) }]
    }

    /// The same for the first value of a variable. With jumps, several statements may be the one that gave it.
    fn pass_on_first(&self, to: &Operand, from: &Place) -> Vec<Rev> {
        let mut revs = self.pass_on(to, from);
        if self.tables.function.has_exits() {
            for rev in &mut revs {
                if let Rev::AddAll { from: source @ Source::Adjoint(_), .. } = rev {
                    *source = Source::Shared(from.clone());
                }
            }
        }
        revs
    }

    /// `operand_bar += value`, for a scalar operand that is active.
    fn add(&self, operand: &Operand, negative: bool, value: Expression) -> Option<Rev> {
        let Operand::Place(place) = operand else { return None };
        self.is_active(place).then(|| Rev::Add { to: self.target(place), negative, value })
    }

    /// The rule of the table, with the operands and the adjoint of the result put in.
    fn adjoint_apply(&mut self, var: VarId, rule: &'static Rule, operands: &[Operand]) -> Vec<Rev> {
        let active: Vec<usize> = (0..operands.len())
            .filter(|&at| rule.partials[at].is_some() && self.is_active_operand(&operands[at]))
            .collect();
        let mut revs = Vec::new();
        let shared = rule.shared().map(|template| {
            let value = self.instantiate(&template, var, operands, None);
            if active.len() < 2 {
                return value;
            }
            let name = self.fresh_bar(&bar(var));
            revs.push(Rev::Local { name: name.clone(), value });
            Formula::Leaf(Atom::Local(name))
        });
        for at in active {
            let Some(template) = partial(rule, at, operands) else { continue };
            let (negative, template) = template.split_sign();
            let value = self.instantiate(&template, var, operands, shared.as_ref());
            revs.extend(self.add(&operands[at], negative, value));
        }
        let guarded = match rule.shape {
            Shape::Steep if is_power_of_at_least_one(rule, operands) => self.tables.selected.might_be_unused(var),
            Shape::Steep => true,
            Shape::Smooth => self.tables.selected.might_be_unused(var),
            Shape::Linear | Shape::Selects => false,
        };
        if !guarded || revs.is_empty() {
            return revs;
        }
        vec![Rev::Gate { guard: Guard::Scalar(Formula::Leaf(Atom::Adjoint(bar(var)))), body: revs }]
    }

    fn is_active_operand(&self, operand: &Operand) -> bool {
        matches!(operand, Operand::Place(place) if self.is_active(place))
    }

    fn instantiate(
        &self,
        template: &Formula<Leaf>,
        var: VarId,
        operands: &[Operand],
        shared: Option<&Expression>,
    ) -> Expression {
        template.substitute(&|leaf| {
            Formula::Leaf(match leaf {
                Leaf::Operand(at) => Atom::Primal(self.readable(&operands[*at])),
                Leaf::Result => Atom::Primal(Operand::Place(bar(var))),
                Leaf::Adjoint => Atom::Adjoint(bar(var)),
                Leaf::Shared => return shared.cloned().expect("only partials mention what is shared"),
            })
        })
    }

    /// An operand as the reverse sweep can read it.
    fn readable(&self, operand: &Operand) -> Operand {
        match operand {
            Operand::Place(place) => Operand::Place(self.target(place)),
            Operand::Passive(code) => Operand::Passive(code.clone()),
        }
    }

    fn adjoint_cast(&mut self, var: VarId, operand: &Place, from: Option<Float>) -> Vec<Rev> {
        let adjoint = Formula::Leaf(Atom::Adjoint(bar(var)));
        let ty = match from {
            Some(Float::F32) => "f32",
            Some(_) => "f64",
            None if self.is_active(operand) => {
                return vec![Rev::AddCast { to: self.target(operand), value: adjoint }];
            }
            None => return Vec::new(),
        };
        let value = Formula::Cast(Box::new(adjoint), ty);
        self.add(&Operand::Place(operand.clone()), false, value).into_iter().collect()
    }

    fn adjoint_pack(&mut self, var: VarId, kind: PackKind, elems: &[Operand]) -> Vec<Rev> {
        let parts = elems.iter().enumerate().map(|(at, elem)| {
            let index = syn::Index { index: at as u32, span: proc_macro2::Span::mixed_site() };
            let projection = match kind {
                PackKind::Tuple => Projection::Field(syn::Member::Unnamed(index)),
                PackKind::Array | PackKind::Vec => {
                    Projection::Index(Code { expr: parse_quote!(#index), uses: Vec::new() })
                }
            };
            (elem, bar(var).project(projection))
        });
        parts.flat_map(|(elem, part)| self.pass_on(elem, &part)).collect()
    }

    /// Each field's adjoint goes to where the field came from, and what is left then to what the others came from.
    fn adjoint_struct(&mut self, var: VarId, literal: &Literal) -> Vec<Rev> {
        let parts = literal.fields.iter().map(|(member, value)| (value, bar(var).project(literal.projection(member))));
        let mut revs: Vec<Rev> = parts.clone().flat_map(|(value, part)| self.pass_on(value, &part)).collect();
        let rest = literal.rest.iter().flat_map(|rest| self.pass_on(rest, &bar(var))).collect::<Vec<_>>();
        if !rest.is_empty() {
            revs.extend(parts.map(|(_, place)| Rev::Clear { place }));
            revs.extend(rest);
        }
        revs
    }

    /// Every element was the same value.
    fn adjoint_repeat(&mut self, var: VarId, elem: &Operand) -> Vec<Rev> {
        match elem {
            Operand::Place(place) if self.is_active(place) && !self.is_scalar(place) => {
                vec![Rev::AddEach { to: self.target(place), from: bar(var) }]
            }
            _ => {
                let sum = Formula::Leaf(Atom::Sum { place: bar(var), drain: false });
                self.add(elem, false, sum).into_iter().collect()
            }
        }
    }

    /// The old value had no influence from here on, the new one had all of it.
    fn adjoint_assign(&mut self, place: &Place, value: &Operand, init: bool) -> Vec<Rev> {
        if !self.is_active(place) || self.is_untouched(place) {
            return Vec::new();
        }
        let from = self.target(place);
        let active = matches!(value, Operand::Place(source) if self.is_active(source));
        match (active, init) {
            (true, true) => self.pass_on_first(value, &from),
            (false, true) => Vec::new(),
            (false, false) if self.may_change_shape(place) => vec![Rev::Replace { name: None, place: from }],
            (false, false) => vec![Rev::Clear { place: from }],
            (true, false) => {
                let name = self.fresh_bar(place);
                let Operand::Place(source) = value else { unreachable!("an active operand is a place") };
                let scalar = Formula::Leaf(Atom::Local(name.clone()));
                let passed = self.contribution(source, scalar, Source::Local(name.clone()));
                if self.may_change_shape(place) {
                    vec![Rev::Replace { name: Some(name), place: from }, passed]
                } else {
                    vec![Rev::Take { name, from }, passed]
                }
            }
        }
    }

    /// Whether an assignment may replace a value by one of another length.
    fn may_change_shape(&self, place: &Place) -> bool {
        !super::reads::has_fixed_shape(self.ty(place).deref())
    }

    fn adjoint_accumulate(&mut self, place: &Place, negative: bool, value: &Operand) -> Vec<Rev> {
        if !self.is_active(place) || self.is_untouched(place) {
            return Vec::new();
        }
        let adjoint = Formula::Leaf(Atom::Adjoint(self.target(place)));
        self.add(value, negative, adjoint).into_iter().collect()
    }

    fn adjoint_fill(&mut self, place: &Place, value: &Operand) -> Vec<Rev> {
        if !self.is_active(place) || self.is_untouched(place) {
            return Vec::new();
        }
        let place = self.target(place);
        if let Operand::Place(elem) = value
            && self.is_active(elem)
            && !self.is_scalar(elem)
        {
            return vec![Rev::AddEach { to: self.target(elem), from: place.clone() }, Rev::Clear { place }];
        }
        let sum = Formula::Leaf(Atom::Sum { place: place.clone(), drain: true });
        vec![self.add(value, false, sum).unwrap_or(Rev::Clear { place })]
    }

    fn adjoint_copy(&mut self, to: &Place, from: &Operand) -> Vec<Rev> {
        if !self.is_active(to) || self.is_untouched(to) {
            return Vec::new();
        }
        let to = self.target(to);
        match from {
            Operand::Place(source) if self.is_active(source) => {
                vec![Rev::Drain { from: to, to: self.target(source) }]
            }
            _ => vec![Rev::Clear { place: to }],
        }
    }

    fn adjoint_swap(&mut self, place: &Place, i: &Code, j: &Code) -> Vec<Rev> {
        if !self.is_active(place) || self.is_untouched(place) {
            return Vec::new();
        }
        vec![Rev::Swap { place: self.target(place), i: i.clone(), j: j.clone() }]
    }
}

/// A rule's partial; that of a square is written without a power.
fn partial(rule: &'static Rule, at: usize, operands: &[Operand]) -> Option<Formula<Leaf>> {
    if literal_exponent(rule, operands) == Some(2) {
        let twice =
            Formula::Binary("+", Box::new(Formula::Leaf(Leaf::Operand(0))), Box::new(Formula::Leaf(Leaf::Operand(0))));
        return Some(Formula::Binary("*", Box::new(Formula::Leaf(Leaf::Adjoint)), Box::new(twice)));
    }
    rule.partial(at)
}

/// Of these the derivative is infinite only where the value is as well.
fn is_power_of_at_least_one(rule: &Rule, operands: &[Operand]) -> bool {
    literal_exponent(rule, operands).is_some_and(|exponent| exponent >= 1)
}

/// The exponent of `x.powi(3)`.
fn literal_exponent(rule: &Rule, operands: &[Operand]) -> Option<i32> {
    match operands {
        [_, Operand::Passive(code)] if rule.name == "powi" => match &code.expr {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(int), .. }) => int.base10_parse().ok(),
            _ => None,
        },
        _ => None,
    }
}
