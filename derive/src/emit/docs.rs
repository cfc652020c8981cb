//! The doc strings of generated items.

use crate::signature::{Param, Passing, Signature};

/// For the item itself.
pub fn item(signature: &Signature) -> String {
    let name = &signature.name;
    format!(
        "The derivatives of [`{name}`]({name}()), made by `#[backprop]`.\n\n{}\n\n{}",
        shape(signature),
        "Every function here takes the arguments of the function itself."
    )
}

/// What a gradient is made of.
fn shape(signature: &Signature) -> String {
    let params: Vec<String> = signature.differentiable().map(|param| format!("`{}`", param.name)).collect();
    let constants: Vec<String> = signature
        .params
        .iter()
        .filter(|param| !param.differentiable)
        .map(|param| format!("`{}`", param.name))
        .collect();
    let by = match &params[..] {
        [single] => format!("The gradient is the derivative by {single}"),
        _ => format!("A gradient is a tuple of the derivatives by {}, in this order", params.join(", ")),
    };
    let without = if constants.is_empty() {
        String::new()
    } else {
        format!("; {} {} as constant", constants.join(", "), if constants.len() == 1 { "counts" } else { "count" })
    };
    format!("{by}{without}. Each derivative has the shape of its parameter.")
}

pub fn grad(signature: &Signature) -> String {
    format!("The gradient of `{}` at these arguments.\n\n{}", signature.name, shape(signature))
}

pub fn value_and_grad(signature: &Signature) -> String {
    format!(
        "The value of `{}` and its gradient, in one forward and one reverse sweep.\n\n{}",
        signature.name,
        shape(signature)
    )
}

pub fn value_and_grad_into(signature: &Signature) -> String {
    let mut text = format!(
        "Returns what `{}` returns, and *adds* the derivative by each differentiable parameter to its buffer (`…_grad`).\n\n\
         A buffer must have the shape of its parameter.",
        signature.name
    );
    if signature.differentiable().any(Param::is_mutable_ref) {
        text.push_str(
            "\n\nThe buffer of a `&mut` parameter holds, on entry, the adjoint of what the call leaves there; on exit, that of \
             what was there before.",
        );
    }
    if signature.differentiable().any(|param| param.reshaped) {
        text.push_str(
            " Where the call leaves another length, the buffer has that on entry, and the one before on exit.",
        );
    }
    text.push_str("\n\n# Panics\n\nWhere the function itself panics, and if a buffer has another length than its parameter, before anything is written.");
    text
}

pub fn vjp(signature: &Signature) -> String {
    let mut text = format!(
        "The value of `{}`, and its pullback: a function from the adjoint of the result to the gradient, to be called as often \
         as wanted.\n\n{}",
        signature.name,
        shape(signature)
    );
    let outputs: Vec<String> = signature
        .params
        .iter()
        .filter(|param| param.differentiable && param.passing == Passing::RefMut)
        .map(|param| format!("`{}`", param.name))
        .collect();
    if !outputs.is_empty() {
        let first = if signature.returns_value() { "After the adjoint of the result, it" } else { "The pullback" };
        text.push_str(&format!(
            "\n\n{first} takes the adjoint of what the call left in {}; the derivative by these is by what was there before.",
            outputs.join(", ")
        ));
    }
    text
}
