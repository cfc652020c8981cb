//! Variables, elements and fields, read and written.

use crate::random::generate::Generator;
use crate::random::machine::{Step, Value};
use crate::random::print::Printer;
use crate::random::tree::{Rule, Sort, Tree, Var};
use crate::random::ty::{Passing, Ty};

use super::literals;

/// As it stands before `[`, `.` and what borrows it; see [`value`] for the value of it.
pub static VAR: Rule = Rule::new(
    "variable",
    |tree, printer| printer.push(&tree.vars[0].name),
    |tree, machine| machine.place_of(&tree.vars[0]).map(Value::Pointer),
);

static FIELD: Rule = Rule::new(
    "field",
    |tree, printer| {
        printer.tree(&tree.children[0]);
        let number = tree.ints[0] as usize;
        match tree.children[0].ty() {
            Ty::Struct(kind) => printer.push(&format!(".{}", kind.fields()[number].0)),
            _ => printer.push(&format!(".{number}")),
        }
    },
    |tree, machine| {
        let mut place = machine.place(&tree.children[0])?;
        place.path.push(Step::Part(tree.ints[0] as usize));
        Ok(Value::Pointer(place))
    },
);

/// An index that is below the least length.
static ELEMENT: Rule = Rule::new(
    "element",
    |tree, printer| {
        printer.tree(&tree.children[0]);
        printer.push("[");
        printer.bare(&tree.children[1]);
        printer.push("]");
    },
    |tree, machine| {
        let i = machine.index(&tree.children[1])?;
        let mut place = machine.place(&tree.children[0])?;
        place.path.push(Step::Part(i));
        Ok(Value::Pointer(place))
    },
);

/// Any index, by the remainder: of the length, or of the least one if that is given.
static ELEMENT_MODULO: Rule = Rule::new(
    "element modulo the length",
    |tree, printer| {
        printer.tree(&tree.children[0]);
        printer.push("[");
        printer.tree(&tree.children[1]);
        printer.push(" % ");
        match tree.ints.first() {
            Some(least) => printer.push(&format!("{least}]")),
            None => {
                printer.tree(&tree.children[0]);
                printer.push(".len()]");
            }
        }
    },
    |tree, machine| {
        let i = machine.index(&tree.children[1])?;
        let mut place = machine.place(&tree.children[0])?;
        let length = machine.length(&place)?;
        let modulus = tree.ints.first().map_or(length, |least| *least as usize);
        place.path.push(Step::Part(i % modulus));
        Ok(Value::Pointer(place))
    },
);

static READ: Rule = Rule::new(
    "read",
    |tree, printer| {
        value(&tree.children[0], printer);
        if !tree.ty().is_copy() {
            printer.push(".clone()");
        }
    },
    |tree, machine| {
        let place = machine.place(&tree.children[0])?;
        machine.load(&place)
    },
);

/// The place as a value: behind a reference it takes a star, unless it is cloned.
pub fn value(place: &Tree, printer: &mut Printer) {
    let is_reference = place.is(&VAR) && place.vars[0].passing != Passing::Own;
    if is_reference && place.ty().is_copy() {
        printer.push("*");
    }
    printer.tree(place);
}

/// As what is assigned to.
pub fn target(place: &Tree, printer: &mut Printer) {
    if place.is(&VAR) && place.vars[0].passing != Passing::Own {
        printer.push("*");
    }
    printer.tree(place);
}

pub fn variable(var: &Var) -> Tree {
    Tree::new(&VAR, Sort::Place(var.ty.clone()), Vec::new()).var(var)
}

pub fn read_of(place: Tree) -> Tree {
    let ty = place.ty().clone();
    Tree::expr(&READ, &ty, vec![place])
}

pub fn read(g: &mut Generator, ty: &Ty, _: usize) -> Option<Tree> {
    place(g, ty, false).map(read_of)
}

/// A place of the type.
pub fn place(g: &mut Generator, ty: &Ty, for_writing: bool) -> Option<Tree> {
    let mut found = g.variables(for_writing);
    found.retain(|var| !paths_in(ty, var).is_empty());
    if found.is_empty() {
        return None;
    }
    // Often what can change: elements and mutable variables are what there is to be saved.
    let changing: Vec<Var> = found.iter().filter(|var| var.mutable).cloned().collect();
    if !changing.is_empty() && g.dice.chance(50) {
        found = changing;
    }
    let at = g.dice.below(found.len());
    place_in(g, &found[at], ty, for_writing)
}

fn paths_in(ty: &Ty, var: &Var) -> Vec<Vec<Option<usize>>> {
    let mut paths = Vec::new();
    paths_to(ty, &var.ty, &mut Vec::new(), &mut paths);
    paths
}

/// The variable or a part of it, of the type.
pub fn place_in(g: &mut Generator, var: &Var, ty: &Ty, for_writing: bool) -> Option<Tree> {
    let paths = paths_in(ty, var);
    if paths.is_empty() {
        return None;
    }
    let path = g.dice.of(&paths);
    // The index of a vector that is written to is computed when the vector is borrowed already.
    let is_lent = for_writing && var.ty.has_vec();
    let root = variable(var);
    let make = |g: &mut Generator| {
        path.into_iter().fold(root, |place, part| match part {
            Some(field) => field_of(place, field),
            None => element(g, place),
        })
    };
    Some(if is_lent { g.borrowed(var, true, make) } else { make(g) })
}

/// The fields, and by `None` the elements, on the way to what is of the type.
fn paths_to(wanted: &Ty, ty: &Ty, path: &mut Vec<Option<usize>>, found: &mut Vec<Vec<Option<usize>>>) {
    if wanted.accepts(ty) {
        found.push(path.clone());
    }
    match ty.parts() {
        Some(parts) => {
            for (i, part) in parts.iter().enumerate() {
                path.push(Some(i));
                paths_to(wanted, part, path, found);
                path.pop();
            }
        }
        None => {
            if let Some((element, 1..)) = ty.element() {
                path.push(None);
                paths_to(wanted, element, path, found);
                path.pop();
            }
        }
    }
}

fn field_of(place: Tree, field: usize) -> Tree {
    let parts = place.ty().parts().expect("only tuples and structs have fields");
    let ty = parts[field].clone();
    Tree::new(&FIELD, Sort::Place(ty), vec![place]).ints(&[field as u64])
}

/// Some element of what has at least one.
pub fn element(g: &mut Generator, place: Tree) -> Tree {
    let (ty, least) = place.ty().element().expect("it has elements");
    let sort = Sort::Place(ty.clone());
    let bounded: Vec<Var> = g
        .variables_of(&Ty::Int, false)
        .into_iter()
        .filter(|var| var.below.is_some_and(|below| below <= least))
        .collect();
    match g.dice.below(10) {
        0..=2 if !bounded.is_empty() => {
            let index = read_of(variable(&g.dice.of(&bounded)));
            Tree::new(&ELEMENT, sort, vec![place, index])
        }
        0..=4 => {
            let index = literals::int_of(g.dice.below(least));
            Tree::new(&ELEMENT, sort, vec![place, index])
        }
        _ => {
            // A vector that is written to cannot be asked for its length meanwhile.
            let least = matches!(place.ty(), Ty::Vec(..)).then_some(least as u64);
            // Above all by integers that change, whose old values the reverse sweep has to know.
            let moving = g.variables_of(&Ty::Int, true);
            let index = if moving.is_empty() || g.dice.chance(40) {
                g.expr(&Ty::Int, 1)
            } else {
                read_of(variable(&g.dice.of(&moving)))
            };
            Tree::new(&ELEMENT_MODULO, sort, vec![place, index]).ints(least.as_slice())
        }
    }
}

/// The variable that a place is in.
pub fn root(place: &Tree) -> &Var {
    if place.is(&VAR) { &place.vars[0] } else { root(&place.children[0]) }
}
