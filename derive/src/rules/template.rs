//! Formulas: small expression trees on scalars, and the templates of the table read into them.

use super::Rule;

/// An expression of the reverse sweep, over leaves of type `L`.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula<L> {
    Leaf(L),
    /// A literal, as it is written: it fits `f32` and `f64`.
    Number(String),
    Neg(Box<Formula<L>>),
    Binary(&'static str, Box<Formula<L>>, Box<Formula<L>>),
    Method(Box<Formula<L>>, String, Vec<Formula<L>>),
    /// A function of the runtime's `rules`.
    Helper(String, Vec<Formula<L>>),
    Cast(Box<Formula<L>>, &'static str),
    If(Box<Formula<L>>, Box<Formula<L>>, Box<Formula<L>>),
}

/// What a template mentions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Leaf {
    Operand(usize),
    Result,
    Adjoint,
    Shared,
}

/// A formula of the table.
pub type Template = Formula<Leaf>;

impl Rule {
    /// What flows back to operand `index`, or `None` if nothing does.
    pub fn partial(&self, index: usize) -> Option<Template> {
        self.partials[index].map(|text| self.template(text))
    }

    /// What the partials share.
    pub fn shared(&self) -> Option<Template> {
        self.shared.map(|text| self.template(text))
    }

    fn template(&self, text: &str) -> Template {
        let expr = syn::parse_str(text).unwrap_or_else(|error| unreachable!("the rule `{}`: {error}", self.name));
        read(&expr)
    }
}

/// Reads a template; the table is ours, and a test reads all of it.
fn read(expr: &syn::Expr) -> Template {
    let boxed = |expr: &syn::Expr| Box::new(read(expr));
    match expr {
        syn::Expr::Paren(paren) => read(&paren.expr),
        syn::Expr::Lit(lit) => Formula::Number(quote::quote!(#lit).to_string()),
        syn::Expr::Unary(unary) => Formula::Neg(boxed(&unary.expr)),
        syn::Expr::Binary(binary) => Formula::Binary(operator(&binary.op), boxed(&binary.left), boxed(&binary.right)),
        syn::Expr::MethodCall(call) => {
            Formula::Method(boxed(&call.receiver), call.method.to_string(), call.args.iter().map(read).collect())
        }
        syn::Expr::Call(call) => Formula::Helper(last_name(&call.func), call.args.iter().map(read).collect()),
        syn::Expr::If(branch) => {
            let (_, otherwise) = branch.else_branch.as_ref().expect("a template's `if` has an `else`");
            Formula::If(boxed(&branch.cond), Box::new(read_block(&branch.then_branch)), boxed(otherwise))
        }
        syn::Expr::Block(block) => read_block(&block.block),
        syn::Expr::Path(_) => Formula::Leaf(read_leaf(&last_name(expr))),
        _ => unreachable!("templates have no other expressions"),
    }
}

fn read_block(block: &syn::Block) -> Template {
    match &block.stmts[..] {
        [syn::Stmt::Expr(expr, None)] => read(expr),
        _ => unreachable!("a template's block is one expression"),
    }
}

fn read_leaf(name: &str) -> Leaf {
    match name {
        "a" => Leaf::Operand(0),
        "b" => Leaf::Operand(1),
        "c" => Leaf::Operand(2),
        "y" => Leaf::Result,
        "g" => Leaf::Adjoint,
        "s" => Leaf::Shared,
        _ => unreachable!("templates mention a, b, c, y and g"),
    }
}

fn last_name(expr: &syn::Expr) -> String {
    match expr {
        syn::Expr::Path(path) => path.path.segments.last().expect("a path has a segment").ident.to_string(),
        _ => unreachable!("templates call functions by name"),
    }
}

fn operator(op: &syn::BinOp) -> &'static str {
    match op {
        syn::BinOp::Add(_) => "+",
        syn::BinOp::Sub(_) => "-",
        syn::BinOp::Mul(_) => "*",
        syn::BinOp::Div(_) => "/",
        syn::BinOp::Lt(_) => "<",
        syn::BinOp::Gt(_) => ">",
        _ => unreachable!("templates have no other operators"),
    }
}

impl<L> Formula<L> {
    /// Puts something in place of each leaf.
    pub fn substitute<M>(&self, leaf: &dyn Fn(&L) -> Formula<M>) -> Formula<M> {
        let sub = |formula: &Formula<L>| Box::new(formula.substitute(leaf));
        let all = |formulas: &[Formula<L>]| formulas.iter().map(|formula| formula.substitute(leaf)).collect();
        match self {
            Formula::Leaf(inner) => leaf(inner),
            Formula::Number(text) => Formula::Number(text.clone()),
            Formula::Neg(inner) => Formula::Neg(sub(inner)),
            Formula::Binary(op, left, right) => Formula::Binary(op, sub(left), sub(right)),
            Formula::Method(receiver, name, args) => Formula::Method(sub(receiver), name.clone(), all(args)),
            Formula::Helper(name, args) => Formula::Helper(name.clone(), all(args)),
            Formula::Cast(inner, ty) => Formula::Cast(sub(inner), ty),
            Formula::If(cond, then, otherwise) => Formula::If(sub(cond), sub(then), sub(otherwise)),
        }
    }

    /// Calls `visit` with every leaf.
    pub fn leaves<'a>(&'a self, visit: &mut dyn FnMut(&'a L)) {
        match self {
            Formula::Leaf(leaf) => visit(leaf),
            Formula::Number(_) => {}
            Formula::Neg(inner) | Formula::Cast(inner, _) => inner.leaves(visit),
            Formula::Binary(_, left, right) => {
                left.leaves(visit);
                right.leaves(visit);
            }
            Formula::Method(receiver, _, args) => {
                receiver.leaves(visit);
                args.iter().for_each(|arg| arg.leaves(visit));
            }
            Formula::Helper(_, args) => args.iter().for_each(|arg| arg.leaves(visit)),
            Formula::If(cond, then, otherwise) => {
                cond.leaves(visit);
                then.leaves(visit);
                otherwise.leaves(visit);
            }
        }
    }
}

impl<L: Clone> Formula<L> {
    /// Takes a leading minus off: `-g * a` is `(true, g * a)`.
    pub fn split_sign(&self) -> (bool, Formula<L>) {
        match self {
            Formula::Neg(inner) => {
                let (negative, inner) = inner.split_sign();
                (!negative, inner)
            }
            Formula::Binary(op @ ("*" | "/"), left, right) => {
                let (negative, left) = left.split_sign();
                (negative, Formula::Binary(op, Box::new(left), right.clone()))
            }
            other => (false, other.clone()),
        }
    }
}
