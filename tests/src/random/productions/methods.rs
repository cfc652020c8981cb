//! Functions of floats, chosen so that values and slopes stay moderate.

use crate::random::dual::Dual;
use crate::random::generate::Generator;
use crate::random::machine::{Exit, Machine, Value};
use crate::random::tree::{Rule, Tree};
use crate::random::ty::Ty;

use super::literals;

static UNARY: Rule = Rule::new(
    "method",
    |tree, printer| {
        if tree.ints[0] == 1 {
            printer.push(&format!("f64::{}(", tree.word));
            printer.bare(&tree.children[0]);
            printer.push(")");
        } else {
            printer.receiver(&tree.children[0]);
            printer.push(&format!(".{}()", tree.word));
        }
    },
    |tree, machine| {
        let a = machine.float(&tree.children[0])?;
        let (value, slope) = function(tree.word, &a, machine)?;
        Ok(Value::Float(a.map(value, slope)))
    },
);

/// The value and the slope.
fn function(name: &str, a: &Dual, machine: &mut Machine) -> Result<(f64, f64), Exit> {
    let x = a.value;
    Ok(match name {
        "sin" => (x.sin(), x.cos()),
        "cos" => (x.cos(), -x.sin()),
        "tanh" => (x.tanh(), 1.0 / x.cosh().powi(2)),
        "atan" => (x.atan(), 1.0 / (1.0 + x * x)),
        "exp" => (x.exp(), x.exp()),
        "sinh" => (x.sinh(), x.cosh()),
        "asinh" => (x.asinh(), 1.0 / (x * x + 1.0).sqrt()),
        "abs" => {
            machine.kink(a)?;
            (x.abs(), x.signum())
        }
        "to_degrees" => (x.to_degrees(), 180.0 / std::f64::consts::PI),
        "floor" => {
            machine.kink(&a.map(x - x.round(), 1.0))?;
            (x.floor(), 0.0)
        }
        "fract" => {
            machine.kink(&a.map(x - x.round(), 1.0))?;
            (x.fract(), 1.0)
        }
        "signum" => {
            machine.kink(a)?;
            (x.signum(), 0.0)
        }
        other => unreachable!("{other} is not in the list"),
    })
}

pub fn unary(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    const COMMON: [&str; 6] = ["sin", "cos", "tanh", "sin", "atan", "asinh"];
    const RARE: [&str; 7] = ["exp", "sinh", "abs", "abs", "floor", "fract", "signum"];
    let word = if g.dice.chance(75) { g.dice.of(&COMMON) } else { g.dice.of(&RARE) };
    let by_path = u64::from(g.dice.chance(10));
    Some(Tree::expr(&UNARY, ty, vec![g.float(depth)]).word(word).ints(&[by_path]))
}

pub fn squashed(g: &mut Generator, tree: Tree) -> Tree {
    let word = g.dice.of(&["sin", "tanh", "asinh"]);
    Tree::expr(&UNARY, &Ty::Float, vec![tree]).word(word).ints(&[0])
}

/// What is defined for positive numbers, of one plus a square.
static GUARDED: Rule = Rule::new(
    "guarded method",
    |tree, printer| {
        printer.receiver(&tree.children[0]);
        printer.push(".mul_add(");
        printer.bare(&tree.children[0]);
        printer.push(&format!(", 1.0).{}()", tree.word));
    },
    |tree, machine| {
        let a = machine.float(&tree.children[0])?;
        let b = machine.float(&tree.children[0])?;
        let x = a.value.mul_add(b.value, 1.0);
        let argument = a.join(&b, x, b.value, a.value);
        let (value, slope) = match tree.word {
            "sqrt" => (x.sqrt(), 0.5 / x.sqrt()),
            "ln" => (x.ln(), 1.0 / x),
            "recip" => (x.recip(), -1.0 / (x * x)),
            "cbrt" => (x.cbrt(), 1.0 / (3.0 * x.cbrt().powi(2))),
            other => unreachable!("{other} is not in the list"),
        };
        Ok(Value::Float(argument.map(value, slope)))
    },
);

pub fn guarded(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let word = g.dice.of(&["sqrt", "ln", "recip", "cbrt"]);
    Some(Tree::expr(&GUARDED, ty, vec![g.float(depth.min(1))]).word(word))
}

static BINARY: Rule = Rule::new(
    "method of two",
    |tree, printer| {
        printer.receiver(&tree.children[0]);
        printer.push(&format!(".{}(", tree.word));
        printer.bare(&tree.children[1]);
        printer.push(")");
    },
    |tree, machine| {
        let a = machine.float(&tree.children[0])?;
        let b = machine.float(&tree.children[1])?;
        let (x, y) = (a.value, b.value);
        Ok(Value::Float(match tree.word {
            "max" | "min" => {
                machine.kink(&a.sub(&b))?;
                let takes_first = if tree.word == "max" { x >= y } else { x <= y };
                if takes_first { a } else { b }
            }
            "hypot" => {
                let r = x.hypot(y);
                if r < 0.01 {
                    return Err(Exit::Reject("a kink is too near"));
                }
                a.join(&b, r, x / r, y / r)
            }
            "copysign" => {
                machine.kink(&a)?;
                machine.kink(&b)?;
                let slope = x.signum() * y.signum();
                a.map(x.copysign(y), slope)
            }
            other => unreachable!("{other} is not in the list"),
        }))
    },
);

pub fn binary(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let word = g.dice.of(&["max", "min", "max", "hypot", "copysign"]);
    Some(Tree::expr(&BINARY, ty, vec![g.float(depth), g.float(depth)]).word(word))
}

static POWER: Rule = Rule::new(
    "integer power",
    |tree, printer| {
        printer.receiver(&tree.children[0]);
        printer.push(&format!(".powi({})", tree.ints[0]));
    },
    |tree, machine| {
        let a = machine.float(&tree.children[0])?;
        let n = tree.ints[0] as i32;
        let slope = if n == 0 { 0.0 } else { f64::from(n) * a.value.powi(n - 1) };
        Ok(Value::Float(a.map(a.value.powi(n), slope)))
    },
);

pub fn power(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let exponent = g.dice.below(4) as u64;
    Some(Tree::expr(&POWER, ty, vec![g.float(depth)]).ints(&[exponent]))
}

static CLAMP: Rule = Rule::new(
    "clamp",
    |tree, printer| {
        printer.receiver(&tree.children[0]);
        printer.push(".clamp(-1.25, ");
        printer.receiver(&tree.children[1]);
        printer.push(".abs())");
    },
    |tree, machine| {
        let a = machine.float(&tree.children[0])?;
        let high = machine.float(&tree.children[1])?;
        machine.kink(&high)?;
        let high = high.map(high.value.abs(), high.value.signum());
        machine.kink(&a.sub(&high))?;
        machine.kink(&a.map(a.value + 1.25, 1.0))?;
        Ok(Value::Float(match a.value {
            x if x < -1.25 => Dual::constant(-1.25),
            x if x > high.value => high,
            _ => a,
        }))
    },
);

/// Between a constant and another float.
pub fn clamp(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let high = super::places::read(g, ty, 0).unwrap_or_else(|| literals::float_of(1.25));
    Some(Tree::expr(&CLAMP, ty, vec![g.float(depth), high]))
}
