//! A program as data: functions, whose bodies are trees of constructs.
//!
//! Every node names its [`Rule`], which knows how the construct prints and what it does. So nothing here, in the
//! shrinker or in the generator's core speaks of a single construct, and a new one is a file of productions.

use std::rc::Rc;

use super::machine::{Flow, Machine};
use super::pattern::Pattern;
use super::print::Printer;
use super::ty::{Passing, Ty};

/// A name in a program. Two variables may share a name, the later one then shadows the other; never an `id`.
#[derive(Debug, PartialEq)]
pub struct Variable {
    pub id: usize,
    pub name: String,
    pub ty: Ty,
    pub passing: Passing,
    pub mutable: bool,
    /// What an integer stays below, where that is known.
    pub below: Option<usize>,
}

pub type Var = Rc<Variable>;

/// Which loop, and whether it is spelled out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Label {
    pub id: usize,
    pub shown: bool,
}

/// What a node of the rule does to the names in scope.
#[derive(Clone, Copy, PartialEq)]
pub enum Scope {
    /// Its variables are names that it mentions.
    Mentions,
    /// It makes its variables known to what follows it.
    Binds,
    /// It makes its variables known to its children from this one on, which form a block.
    BindsWithin(usize),
    /// It makes its variables known to this one of its children.
    BindsIn(usize),
    /// It makes its variables known to its children from this one on and to what follows.
    BindsOnward(usize),
    /// What its children make known ends with it.
    Block,
}

/// A construct of the language.
pub struct Rule {
    pub name: &'static str,
    pub scope: Scope,
    pub is_loop: bool,
    /// Whether it calls the function of its number.
    pub is_call: bool,
    /// Whether any statement among its children may be left out.
    pub is_list: bool,
    pub print: fn(&Tree, &mut Printer),
    pub eval: fn(&Tree, &mut Machine) -> Flow,
}

impl Rule {
    pub const fn new(
        name: &'static str,
        print: fn(&Tree, &mut Printer),
        eval: fn(&Tree, &mut Machine) -> Flow,
    ) -> Self {
        Self { name, scope: Scope::Mentions, is_loop: false, is_list: false, is_call: false, print, eval }
    }

    pub const fn scope(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }

    pub const fn a_list(mut self) -> Self {
        self.is_list = true;
        self
    }

    pub const fn a_call(mut self) -> Self {
        self.is_call = true;
        self
    }

    pub const fn a_loop(mut self) -> Self {
        self.is_loop = true;
        self
    }
}

/// What a node stands for, by which the shrinker knows what may replace it.
#[derive(Clone, Debug, PartialEq)]
pub enum Sort {
    Expr(Ty),
    Place(Ty),
    Statement,
    /// Statements, then a value unless the type is `()`.
    Block(Ty),
    Arm,
}

/// A node. Which of the fields mean something is up to the rule.
#[derive(Clone)]
pub struct Tree {
    pub rule: &'static Rule,
    pub sort: Sort,
    pub children: Vec<Tree>,
    pub vars: Vec<Var>,
    /// Their names are among the variables.
    pub pattern: Option<Pattern>,
    pub label: Option<Label>,
    pub word: &'static str,
    pub float: f64,
    pub ints: Vec<u64>,
}

impl Tree {
    pub fn new(rule: &'static Rule, sort: Sort, children: Vec<Self>) -> Self {
        Self {
            rule,
            sort,
            children,
            vars: Vec::new(),
            pattern: None,
            label: None,
            word: "",
            float: 0.0,
            ints: Vec::new(),
        }
    }

    pub fn expr(rule: &'static Rule, ty: &Ty, children: Vec<Self>) -> Self {
        Self::new(rule, Sort::Expr(ty.clone()), children)
    }

    pub fn statement(rule: &'static Rule, children: Vec<Self>) -> Self {
        Self::new(rule, Sort::Statement, children)
    }

    pub fn word(mut self, word: &'static str) -> Self {
        self.word = word;
        self
    }

    pub fn var(mut self, var: &Var) -> Self {
        self.vars.push(Rc::clone(var));
        self
    }

    pub fn pattern(mut self, pattern: Pattern) -> Self {
        self.vars.extend(pattern.vars());
        self.pattern = Some(pattern);
        self
    }

    pub fn label(mut self, label: Label) -> Self {
        self.label = Some(label);
        self
    }

    pub fn ints(mut self, ints: &[u64]) -> Self {
        self.ints = ints.to_vec();
        self
    }

    pub fn float(mut self, float: f64) -> Self {
        self.float = float;
        self
    }

    pub fn is(&self, rule: &'static Rule) -> bool {
        std::ptr::eq(self.rule, rule)
    }

    /// The type of an expression, a place or a block; `()` otherwise.
    pub fn ty(&self) -> &Ty {
        match &self.sort {
            Sort::Expr(ty) | Sort::Place(ty) | Sort::Block(ty) => ty,
            Sort::Statement | Sort::Arm => &Ty::Unit,
        }
    }

    pub fn size(&self) -> usize {
        1 + self.children.iter().map(Self::size).sum::<usize>()
    }

    /// Whether some node satisfies the condition.
    pub fn any(&self, condition: &dyn Fn(&Self) -> bool) -> bool {
        condition(self) || self.children.iter().any(|child| child.any(condition))
    }
}

/// A parameter: a variable and whether it is marked `#[constant]`.
#[derive(Clone)]
pub struct Parameter {
    pub var: Var,
    pub constant: bool,
}

impl Parameter {
    pub fn is_active(&self) -> bool {
        !self.constant && self.var.ty.has_floats()
    }
}

#[derive(Clone)]
pub struct Function {
    pub name: String,
    pub parameters: Vec<Parameter>,
    pub result: Ty,
    pub body: Tree,
}

/// Functions of which each calls earlier ones alone; the last is the one that is differentiated.
#[derive(Clone)]
pub struct Program {
    pub functions: Vec<Function>,
}

impl Program {
    pub fn main(&self) -> &Function {
        self.functions.last().expect("a program has a function")
    }

    /// Those that the last one needs, and it.
    pub fn needed(&self) -> Vec<&Function> {
        let mut needed: Vec<&Function> = Vec::new();
        for function in self.functions.iter().rev() {
            let calls = |tree: &Tree| tree.rule.is_call && self.functions[tree.ints[0] as usize].name == function.name;
            let is_called = needed.iter().any(|caller| caller.body.any(&calls));
            if needed.is_empty() || is_called {
                needed.push(function);
            }
        }
        needed.reverse();
        needed
    }

    pub fn size(&self) -> usize {
        self.needed().iter().map(|function| function.body.size() + function.parameters.len()).sum()
    }
}
