//! Jumps of the forward sweep.
//!
//! Where a jump leaves blocks, what they recorded so far must reach the reverse sweep: at the jump, the records of all
//! blocks from the innermost to the one that is left for good are made, each within that of the block around it. A
//! block's statements after the jump are in its [`StmtKind::Rest`](crate::ir::StmtKind::Rest), whose record is `None`
//! then.

use super::Emit;
use crate::adjoint::storage::Item;
use crate::ir::{BlockId, Exit, StmtId, Target};
use crate::paths;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// A block that is being written, and how its record gets into the one around it.
#[derive(Clone)]
pub struct Frame {
    pub block: BlockId,
    pub wrap: Wrap,
    /// The item of the record around it that this block's record is.
    pub slot: Option<Ident>,
}

#[derive(Clone, Copy)]
pub enum Wrap {
    /// The body of the function.
    Body,
    /// The body of a loop: its record goes on the tape.
    Loop(StmtId),
    /// The arm `at` of `of`.
    Arm {
        at: usize,
        of: usize,
    },
    /// A branch of which only the `bool` is kept.
    Flag(bool),
    Rest,
}

impl Wrap {
    pub const THEN: Wrap = Wrap::Arm { at: 0, of: 2 };
    pub const ELSE: Wrap = Wrap::Arm { at: 1, of: 2 };
}

/// A record as that of one arm among several: `Then(Then(…))`, `Then(Else(…))` … The arms are halved again and again, as
/// types that are nested as deeply as there are arms take the compiler long.
pub fn wrap(wrap: Wrap, record: TokenStream) -> TokenStream {
    let tag = paths::private("Branch");
    match wrap {
        Wrap::Body | Wrap::Loop(_) => record,
        Wrap::Flag(taken) => quote!(#taken),
        Wrap::Rest => quote!(::core::option::Option::Some(#record)),
        Wrap::Arm { at, of } => {
            let half = of / 2;
            if of < 2 {
                record
            } else if at < half {
                let inner = self::wrap(Wrap::Arm { at, of: half }, record);
                quote!(#tag::Then(#inner))
            } else {
                let inner = self::wrap(Wrap::Arm { at: at - half, of: of - half }, record);
                quote!(#tag::Else(#inner))
            }
        }
    }
}

impl Emit<'_> {
    /// A jump, after the records of the blocks that it leaves.
    pub(super) fn forward_exit(&self, exit: &Exit) -> TokenStream {
        let mut tokens = TokenStream::new();
        let mut inner: Option<(Ident, TokenStream)> = None;
        for frame in self.frames.iter().rev() {
            let record = self.partial_record(frame.block, inner.as_ref());
            match frame.wrap {
                Wrap::Body => {
                    let label = super::forward_label();
                    tokens.extend(quote!(break #label #record;));
                }
                Wrap::Loop(stmt) => {
                    tokens.extend(self.end_trip(stmt, record));
                    inner = None;
                    let label = &exit.label;
                    match exit.target {
                        Target::Break(body) if body == frame.block => tokens.extend(quote!(break #label;)),
                        Target::Continue(body) if body == frame.block => tokens.extend(quote!(continue #label;)),
                        _ => continue,
                    }
                    break;
                }
                other => inner = frame.slot.clone().map(|slot| (slot, wrap(other, record))),
            }
        }
        tokens
    }

    /// What a block has recorded when a jump leaves it; `inner` is the item for the statement that the jump is in.
    fn partial_record(&self, block: BlockId, inner: Option<&(Ident, TokenStream)>) -> TokenStream {
        let items = self.unit.storage.record(block).iter().map(|item| match (item, inner) {
            (Item::Branch(name) | Item::Rest(_, name), Some((slot, record))) if name == slot => record.clone(),
            (Item::Rest(..), _) => quote!(::core::option::Option::None),
            (Item::Var(var), _) => self.recorded_var(block, *var),
            _ => self.item_name(item),
        });
        super::record::tuple(items.collect())
    }

    /// What stands at the end of a loop's trip.
    pub(super) fn end_trip(&self, stmt: StmtId, record: TokenStream) -> TokenStream {
        let push = self.unit.storage.tape(stmt).map(|tape| quote!(#tape.push(#record);));
        let count = self.counter(stmt).map(|trips| quote!(#trips += 1;));
        quote!(#push #count)
    }
}
