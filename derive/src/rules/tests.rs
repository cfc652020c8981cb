use super::{Formula, Leaf, Notation, Rule, Shape, TABLE, binary, method, neg};
use std::collections::HashSet;

fn leaves(rule: &Rule) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    for template in (0..rule.partials.len()).filter_map(|index| rule.partial(index)) {
        template.leaves(&mut |leaf| leaves.push(*leaf));
    }
    leaves
}

#[test]
fn every_rule_is_a_template_on_its_own_operands() {
    for rule in TABLE {
        for leaf in leaves(rule) {
            let known = !matches!(leaf, Leaf::Operand(index) if index >= rule.partials.len());
            assert!(known, "`{}` has no {leaf:?}", rule.name);
        }
    }
}

#[test]
fn every_share_is_a_multiple_of_the_adjoint() {
    for rule in TABLE {
        for index in 0..rule.partials.len() {
            let Some(template) = rule.partial(index) else { continue };
            let mut mentioned = false;
            template.leaves(&mut |leaf| mentioned |= matches!(leaf, Leaf::Adjoint | Leaf::Shared));
            assert!(mentioned, "`{}`, operand {index}", rule.name);
        }
        if let Some(shared) = rule.shared() {
            let mut mentioned = false;
            shared.leaves(&mut |leaf| mentioned |= *leaf == Leaf::Adjoint);
            assert!(mentioned, "what `{}` shares", rule.name);
        }
    }
}

#[test]
fn linear_rules_need_nothing_saved() {
    for rule in TABLE.iter().filter(|rule| rule.shape == Shape::Linear) {
        assert!(leaves(rule).iter().all(|leaf| *leaf == Leaf::Adjoint), "`{}`", rule.name);
    }
}

#[test]
fn no_operation_has_two_rules() {
    let mut seen = HashSet::new();
    for rule in TABLE {
        assert!(seen.insert((rule.name, rule.partials.len())), "`{}`", rule.name);
    }
}

#[test]
fn every_rule_is_found_by_what_it_is_called() {
    for rule in TABLE {
        let found = match rule.notation {
            Notation::Neg => Some(neg()),
            Notation::Binary(op) => binary(op),
            Notation::Method => method(rule.name, rule.partials.len()),
        };
        assert!(found.is_some_and(|found| std::ptr::eq(found, rule)), "`{}`", rule.name);
    }
    assert!(method("sin", 2).is_none());
    assert!(binary("<<").is_none());
}

#[test]
fn a_flat_rule_gives_nothing_back() {
    let floor = method("floor", 1).unwrap();
    assert!(floor.is_flat() && floor.partial(0).is_none());
    assert!(!method("powi", 2).unwrap().is_flat());
}

#[test]
fn a_sign_is_taken_off_the_front_of_products_and_quotients() {
    let shown = |rule: &Rule, index: usize| rule.partial(index).unwrap().split_sign();
    let g = || Box::new(Formula::Leaf(Leaf::Adjoint));
    let operand = |index| Box::new(Formula::Leaf(Leaf::Operand(index)));
    assert_eq!(shown(neg(), 0), (true, *g()));
    assert_eq!(shown(binary("*").unwrap(), 0), (false, Formula::Binary("*", g(), operand(1))));
    // `-s * y`
    let [shared, result] = [Leaf::Shared, Leaf::Result].map(|leaf| Box::new(Formula::Leaf(leaf)));
    assert_eq!(shown(binary("/").unwrap(), 1), (true, Formula::Binary("*", shared, result)));
}

#[test]
fn two_signs_cancel() {
    let g = Formula::Leaf(Leaf::Adjoint);
    let twice = Formula::Neg(Box::new(Formula::Neg(Box::new(g.clone()))));
    assert_eq!(twice.split_sign(), (false, g));
}

#[test]
fn leaves_are_replaced_wherever_they_stand() {
    let template = method("max", 2).unwrap().partial(0).unwrap();
    let numbered = template.substitute(&|leaf| {
        Formula::Leaf(match leaf {
            Leaf::Operand(index) => *index,
            Leaf::Result => 8,
            Leaf::Adjoint => 9,
            Leaf::Shared => 10,
        })
    });
    let mut leaves = Vec::new();
    numbered.leaves(&mut |leaf| leaves.push(*leaf));
    assert_eq!(leaves, [0, 1, 9]);
}
