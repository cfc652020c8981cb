//! The IR as text, for snapshots and for `BACKPROP_DUMP`.

use super::reverse::{Atom, Expression, Guard, Init, Lent, Passes, Pull, PullArg, Rev, Seed, Source};
use super::{
    Arg, Block, Call, CallResult, Code, Count, Edit, Function, Head, LiteralKind, Loop, Op, Operand, PackKind, Place,
    Projection, Stmt, StmtKind, Target, VarId, Vars,
};
use crate::rules::{Formula, Notation, Rule};
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::HashMap;

/// A lowered function; `note` says what the analyses found about a variable or a statement.
pub fn function(function: &Function, note: &dyn Fn(&Stmt) -> String) -> String {
    let mut printer = Printer { vars: &function.vars, text: String::new(), depth: 1, note };
    let params: Vec<String> = function.params.iter().map(|&var| printer.name(var)).collect();
    printer.block(&function.body);
    let result = function.result.as_ref().map_or("()".to_owned(), |result| printer.operand(result));
    format!("fn {}({})\n{}    result {result}\n", function.name, params.join(", "), printer.text)
}

/// A reverse sweep.
pub fn reverse(function: &Function, bars: &HashMap<VarId, Ident>, revs: &[Rev]) -> String {
    let note = |_: &Stmt| String::new();
    let forward = Printer { vars: &function.vars, text: String::new(), depth: 0, note: &note };
    let mut printer = ReversePrinter { forward, bars, text: String::new(), depth: 1 };
    printer.block(revs);
    printer.text
}

struct Printer<'a> {
    vars: &'a Vars,
    text: String,
    depth: usize,
    note: &'a dyn Fn(&Stmt) -> String,
}

impl Printer<'_> {
    fn line(&mut self, text: &str) {
        self.text += &format!("{}{}\n", "    ".repeat(self.depth), text.trim_end());
    }

    fn block(&mut self, block: &Block) {
        block.stmts.iter().for_each(|stmt| self.stmt(stmt));
    }

    fn inner(&mut self, block: &Block) {
        self.depth += 1;
        self.block(block);
        self.depth -= 1;
    }

    fn stmt(&mut self, stmt: &Stmt) {
        // The variable of a loop's header or of a pattern is printed there.
        if matches!(&stmt.kind, StmtKind::Alias { var, .. } if self.vars[*var].alias.is_none()) {
            return;
        }
        let note = (self.note)(stmt);
        let head = format!("#{} {}", stmt.id.0, self.head(stmt));
        self.line(&if note.is_empty() { head } else { format!("{head:<44} ; {note}") });
        match &stmt.kind {
            StmtKind::If { then, otherwise, .. } => {
                self.inner(then);
                if !otherwise.stmts.is_empty() {
                    self.line("else");
                    self.inner(otherwise);
                }
            }
            StmtKind::LetElse { otherwise, .. } => self.inner(otherwise),
            StmtKind::Match { arms, .. } => {
                for arm in arms {
                    let guard = arm.guard.as_ref().map_or(String::new(), |guard| format!(" if {}", code(guard)));
                    self.line(&format!("arm {}{guard}", text(&arm.pat)));
                    self.inner(&arm.body);
                }
            }
            StmtKind::Rest(block) => self.inner(block),
            StmtKind::Loop(looped) => self.inner(&looped.body),
            _ => {}
        }
    }

    fn head(&self, stmt: &Stmt) -> String {
        match &stmt.kind {
            StmtKind::Let { var, op } => format!("let {} = {}", self.name(*var), self.op(op)),
            StmtKind::Declare { var } => format!("declare {}", self.name(*var)),
            StmtKind::Alias { var, .. } => match &self.vars[*var].alias {
                Some(place) => format!("alias {} = {}", self.name(*var), self.place(place)),
                None => format!("alias {}", self.name(*var)),
            },
            StmtKind::Assign { place, value, init } => {
                let verb = if *init { "init" } else { "assign" };
                format!("{verb} {} = {}", self.place(place), self.operand(value))
            }
            StmtKind::Accumulate { place, negative, value } => {
                let op = if *negative { "-=" } else { "+=" };
                format!("accumulate {} {op} {}", self.place(place), self.operand(value))
            }
            StmtKind::Call(call) => self.call(call),
            StmtKind::Fill { place, value } => format!("fill {} = {}", self.place(place), self.operand(value)),
            StmtKind::Copy { to, from, .. } => format!("copy {} = {}", self.place(to), self.operand(from)),
            StmtKind::Edit(edit) => self.edit(edit),
            StmtKind::Exchange { a, b, .. } => format!("exchange {}, {}", self.place(a), self.place(b)),
            StmtKind::Swap { place, i, j } => format!("swap {} {}, {}", self.place(place), code(i), code(j)),
            StmtKind::If { cond, .. } => format!("if {}", code(cond)),
            StmtKind::LetElse { condition, .. } => format!("{} else", code(condition)),
            StmtKind::Match { scrutinee, .. } => format!("match {}", code(scrutinee)),
            StmtKind::Loop(looped) => self.loop_head(looped),
            StmtKind::Rest(_) => "rest".to_owned(),
            StmtKind::Exit(exit) => match exit.target {
                Target::Break(body) => format!("break {}", body.0),
                Target::Continue(body) => format!("continue {}", body.0),
                Target::Return => "return".to_owned(),
            },
            StmtKind::Passive { code, .. } => format!("passive {}", text(code)),
        }
    }

    fn loop_head(&self, looped: &Loop) -> String {
        let iter = code(&looped.iter);
        let head = match &looped.head {
            Head::Range { var, .. } => {
                format!("for {} in {iter}", var.map_or("_".to_owned(), |var| self.name(var)))
            }
            Head::Items { count, index, reversed, derived } => {
                let order = if *reversed { " reversed" } else { "" };
                let items = match count {
                    Count::Elements(place) => format!("elements {} of {}", self.name(*index), self.place(place)),
                    Count::Code(count) => format!("items {} of {}", self.name(*index), code(count)),
                };
                let derived = derived.iter().map(|(var, value)| format!(", {} = {}", self.name(*var), code(value)));
                format!("for {items}{order}{}", derived.collect::<String>())
            }
            Head::Recorded => format!("for {} in {iter}", looped.pat.as_ref().map_or("_".to_owned(), |pat| text(pat))),
            Head::While => format!("while {iter}"),
            Head::Endless => "loop".to_owned(),
        };
        let counting = looped.trips.map_or(String::new(), |trips| format!(" counting {}", self.name(trips)));
        format!("{head}{counting}")
    }

    fn call(&self, call: &Call) -> String {
        let args: Vec<String> = call.args.iter().map(|arg| self.arg(arg)).collect();
        let result = match &call.result {
            CallResult::Var(var) => self.name(*var),
            CallResult::Tuple(vars) => {
                format!("({})", vars.iter().map(|&var| self.name(var)).collect::<Vec<_>>().join(", "))
            }
        };
        format!("call {result} = {}({})", text(&call.path), args.join(", "))
    }

    fn edit(&self, edit: &Edit) -> String {
        let result = edit.result.map_or(String::new(), |var| format!("let {} = ", self.name(var)));
        let mut parts: Vec<String> = edit.codes().into_iter().map(code).collect();
        parts.extend(edit.value().map(|value| self.operand(value)));
        format!("{result}{} {} {}", edit.method(), self.place(&edit.place), parts.join(", "))
    }

    fn arg(&self, arg: &Arg) -> String {
        match arg {
            Arg::Value(operand) => self.operand(operand),
            Arg::PassiveRef(inner) => code(inner),
            Arg::Ref { place, mutable, .. } => format!("&{}{}", if *mutable { "mut " } else { "" }, self.place(place)),
        }
    }

    fn op(&self, op: &Op) -> String {
        let all = |operands: &[Operand]| operands.iter().map(|operand| self.operand(operand)).collect::<Vec<_>>();
        match op {
            Op::Use(operand) => self.operand(operand),
            Op::Apply { rule, operands } => apply(rule, &all(operands)),
            Op::Cast { operand, to, .. } => format!("cast {} {to:?}", self.place(operand)).to_lowercase(),
            Op::Pack { kind, elems } => format!("{} {}", pack(*kind), all(elems).join(", ")),
            Op::Struct(literal) => {
                let fields = literal.fields.iter();
                let fields = fields.map(|(member, value)| format!("{}: {}", text(member), self.operand(value)));
                let rest = literal.rest.iter().map(|rest| format!("..{}", self.operand(rest)));
                let kind = match literal.kind {
                    LiteralKind::Struct => "struct",
                    LiteralKind::Variant => "variant",
                    LiteralKind::Box => "box",
                };
                format!("{kind} {} {}", text(&literal.path), fields.chain(rest).collect::<Vec<_>>().join(", "))
            }
            Op::Repeat { kind, elem, len } => format!("{} repeat {}, {}", pack(*kind), self.operand(elem), code(len)),
            Op::Clone { place, .. } => format!("clone {}", self.place(place)),
            Op::Bound { place } => format!("bound {}", self.place(place)),
            Op::Unwrap { place, method, .. } => format!("{method} {}", self.place(place)),
        }
    }

    fn operand(&self, operand: &Operand) -> String {
        match operand {
            Operand::Place(place) => self.place(place),
            Operand::Passive(inner) => code(inner),
        }
    }

    fn place(&self, place: &Place) -> String {
        project(self.name(place.root), place)
    }

    fn name(&self, var: VarId) -> String {
        self.vars[var].name.to_string()
    }
}

fn project(base: String, place: &Place) -> String {
    place.projections.iter().fold(base, |base, projection| match projection {
        Projection::Index(index) | Projection::Range(index) => format!("{base}[{}]", code(index)),
        Projection::Field(member) => format!("{base}.{}", text(member)),
        Projection::Deref => format!("*{base}"),
        Projection::Payload(payload) => format!("{base}.<{}.{}>", text(&payload.path), text(&payload.member)),
    })
}

fn pack(kind: PackKind) -> &'static str {
    match kind {
        PackKind::Tuple => "tuple",
        PackKind::Array => "array",
        PackKind::Vec => "vec",
    }
}

fn apply(rule: &Rule, operands: &[String]) -> String {
    let name = match rule.notation {
        Notation::Neg | Notation::Binary(_) | Notation::Method => rule.name,
    };
    format!("{name} {}", operands.join(" "))
}

fn code(code: &Code) -> String {
    text(&code.expr)
}

/// Tokens with a line for each statement.
pub fn tokens(tokens: &TokenStream) -> String {
    let mut lines = Lines::default();
    lines.stream(tokens.clone());
    lines.end();
    lines.text
}

#[derive(Default)]
struct Lines {
    text: String,
    line: TokenStream,
    depth: usize,
}

impl Lines {
    fn stream(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    self.open();
                    self.stream(group.stream());
                    self.close();
                }
                TokenTree::Punct(punct) if punct.as_char() == ';' => {
                    self.line.extend([TokenTree::Punct(punct)]);
                    self.end();
                }
                other => self.line.extend([other]),
            }
        }
    }

    fn open(&mut self) {
        let line = text(&std::mem::take(&mut self.line));
        self.text += &format!("{}{line} {{\n", "    ".repeat(self.depth));
        self.depth += 1;
    }

    fn close(&mut self) {
        self.end();
        self.depth -= 1;
        self.text += &format!("{}}}\n", "    ".repeat(self.depth));
    }

    fn end(&mut self) {
        let line = text(&std::mem::take(&mut self.line));
        if !line.is_empty() {
            self.text += &format!("{}{line}\n", "    ".repeat(self.depth));
        }
    }
}

/// Tokens with the spaces that a person would leave out left out.
fn text(tokens: &dyn ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (wide, narrow) in [
        (" . ", "."),
        (" ( ", "("),
        ("( ", "("),
        (" )", ")"),
        (" [ ", "["),
        ("[ ", "["),
        (" ]", "]"),
        (" ,", ","),
        (" ;", ";"),
        ("& ", "&"),
        (" .. ", ".."),
        ("* *", "**"),
        (" ! (", "!("),
        (" ! [", "! ["),
        (" ::", "::"),
        (":: ", "::"),
        (" (", "("),
        (" [", "["),
        (" !", "!"),
    ] {
        text = text.replace(wide, narrow);
    }
    text
}

struct ReversePrinter<'a> {
    forward: Printer<'a>,
    bars: &'a HashMap<VarId, Ident>,
    text: String,
    depth: usize,
}

impl ReversePrinter<'_> {
    fn line(&mut self, text: &str) {
        self.text += &format!("{}{text}\n", "    ".repeat(self.depth));
    }

    fn block(&mut self, revs: &[Rev]) {
        revs.iter().for_each(|rev| self.rev(rev));
    }

    fn inner(&mut self, head: &str, revs: &[Rev]) {
        self.line(head);
        self.depth += 1;
        self.block(revs);
        self.depth -= 1;
    }

    fn rev(&mut self, rev: &Rev) {
        match rev {
            Rev::Gate { guard, body } => {
                let guard = self.guard(guard);
                self.inner(&format!("where {guard} is not zero"), body);
            }
            Rev::If { stmt, then, otherwise } => {
                self.inner(&format!("if #{} went then", stmt.0), then);
                if !otherwise.is_empty() {
                    self.inner("else", otherwise);
                }
            }
            Rev::Match { stmt, arms } => {
                for (at, arm) in arms.iter().enumerate() {
                    self.inner(&format!("if #{} took arm {at}", stmt.0), arm);
                }
            }
            Rev::Rest { stmt, body } => self.inner(&format!("if rest #{} ran", stmt.0), body),
            Rev::For { stmt, body, commutes } => {
                let order = if *commutes { "in any order" } else { "backwards" };
                self.inner(&format!("for trips of #{} {order}", stmt.0), body);
            }
            simple => {
                let line = self.simple(simple);
                self.line(&line);
            }
        }
    }

    fn simple(&self, rev: &Rev) -> String {
        match rev {
            Rev::Begin { var, init } => format!("begin {} = {}", self.bars[var], self.init(init)),
            Rev::Local { name, value } => format!("let {name} = {}", self.expression(value)),
            Rev::Add { to, negative, value } => {
                let op = if *negative { "-=" } else { "+=" };
                format!("add {} {op} {}", self.bar(to), self.expression(value))
            }
            Rev::AddAll { to, from } => format!("add all {} += {}", self.bar(to), self.source(from)),
            Rev::AddCast { to, value } => format!("add cast {} += {}", self.bar(to), self.expression(value)),
            Rev::AddEach { to, from } => format!("add each {} += {}", self.bar(to), self.bar(from)),
            Rev::Take { name, from } => format!("take {name} = {}", self.bar(from)),
            Rev::Clear { place } => format!("clear {}", self.bar(place)),
            Rev::Replace { name, place } => {
                let name = name.as_ref().map_or("_".to_owned(), Ident::to_string);
                format!("replace {name} = {}", self.bar(place))
            }
            Rev::Drain { from, to } => format!("drain {} into {}", self.bar(from), self.bar(to)),
            Rev::Edit { stmt, place, passes } => match passes {
                Passes::Out(name) => format!("undo #{} {} giving {name}", stmt.0, self.bar(place)),
                Passes::In(seed) => format!("undo #{} {} taking {}", stmt.0, self.bar(place), self.seed(seed)),
                Passes::Nothing => format!("undo #{} {}", stmt.0, self.bar(place)),
            },
            Rev::Exchange { a, b, .. } => format!("exchange {}, {}", self.bar(a), self.bar(b)),
            Rev::Swap { place, i, j } => format!("swap {} {}, {}", self.bar(place), code(i), code(j)),
            Rev::Pull(pull) => self.pull(pull),
            Rev::Restore { stmt } => format!("restore #{}", stmt.0),
            Rev::Gate { .. } | Rev::If { .. } | Rev::Match { .. } | Rev::Rest { .. } | Rev::For { .. } => {
                unreachable!("printed with their blocks")
            }
        }
    }

    fn pull(&self, pull: &Pull) -> String {
        let seeds = pull.seeds.iter().map(|seed| self.seed(seed));
        let args = pull.args.iter().map(|arg| match arg {
            PullArg::Value(Some(name)) => format!("-> {name}"),
            PullArg::Value(None) => "-> _".to_owned(),
            PullArg::PassiveRef(_) => "lent".to_owned(),
            PullArg::Ref { place, adjoint, .. } => match adjoint {
                None => format!("lent {}", self.forward.place(place)),
                Some(Lent::Direct) => format!("lent {} with {}", self.forward.place(place), self.bar(place)),
                Some(Lent::Separate(name)) => format!("lent {} with {name}", self.forward.place(place)),
            },
        });
        let parts: Vec<String> = seeds.chain(args).collect();
        format!("pull #{} ({})", pull.stmt.0, parts.join(", "))
    }

    fn seed(&self, seed: &Seed) -> String {
        match seed {
            Seed::Adjoint(var) => self.bars[var].to_string(),
            Seed::Zero(_) => "zero".to_owned(),
        }
    }

    fn guard(&self, guard: &Guard) -> String {
        match guard {
            Guard::Scalar(adjoint) => self.expression(adjoint),
            Guard::Any(vars) => vars.iter().map(|var| self.bars[var].to_string()).collect::<Vec<_>>().join(" or "),
        }
    }

    fn init(&self, init: &Init) -> String {
        match init {
            Init::Zero => "zero".to_owned(),
            Init::Scalar(value) => self.expression(value),
            Init::Source(source) => self.source(source),
        }
    }

    fn source(&self, source: &Source) -> String {
        match source {
            Source::Adjoint(place) | Source::Shared(place) => self.bar(place),
            Source::Local(name) | Source::Elements(name) => name.to_string(),
            Source::Seed => "seed".to_owned(),
        }
    }

    fn bar(&self, place: &Place) -> String {
        project(self.bars[&place.root].to_string(), place)
    }

    fn expression(&self, value: &Expression) -> String {
        match value {
            Formula::Leaf(atom) => self.atom(atom),
            Formula::Number(number) => number.clone(),
            Formula::Neg(inner) => format!("-{}", self.tight(inner)),
            Formula::Binary(op, left, right) => format!("{} {op} {}", self.tight(left), self.tight(right)),
            Formula::Method(receiver, name, args) => {
                let args: Vec<String> = args.iter().map(|arg| self.expression(arg)).collect();
                format!("{}.{name}({})", self.tight(receiver), args.join(", "))
            }
            Formula::Helper(name, args) => {
                let args: Vec<String> = args.iter().map(|arg| self.expression(arg)).collect();
                format!("{name}({})", args.join(", "))
            }
            Formula::Cast(inner, ty) => format!("{} as {ty}", self.tight(inner)),
            Formula::If(cond, then, otherwise) => {
                let [cond, then, otherwise] = [cond, then, otherwise].map(|part| self.expression(part));
                format!("if {cond} {{ {then} }} else {{ {otherwise} }}")
            }
        }
    }

    /// In parentheses if it is a sum, a product or a negation.
    fn tight(&self, value: &Expression) -> String {
        let text = self.expression(value);
        if matches!(value, Formula::Binary(..) | Formula::Neg(_) | Formula::If(..)) {
            format!("({text})")
        } else {
            text
        }
    }

    fn atom(&self, atom: &Atom) -> String {
        match atom {
            Atom::Primal(operand) => self.forward.operand(operand),
            Atom::Adjoint(place) => self.bar(place),
            Atom::Local(name) => name.to_string(),
            Atom::Seed => "seed".to_owned(),
            Atom::Sum { place, .. } => format!("sum {}", self.bar(place)),
        }
    }
}
