use backprop::backprop;

#[backprop]
fn first_that_fits(x: &[f64], y: f64) -> f64 {
    if x[0] > y { return x[0] * y; }
    if x[1] > y { return x[1] * y; }
    if x[2] > y { return x[2] * y; }
    if x[3] > y { return x[3] * y; }
    if x[4] > y { return x[4] * y; }
    if x[5] > y { return x[5] * y; }
    if x[6] > y { return x[6] * y; }
    if x[7] > y { return x[7] * y; }
    if x[8] > y { return x[8] * y; }
    if x[9] > y { return x[9] * y; }
    if x[10] > y { return x[10] * y; }
    if x[11] > y { return x[11] * y; }
    if x[12] > y { return x[12] * y; }
    if x[13] > y { return x[13] * y; }
    if x[14] > y { return x[14] * y; }
    if x[15] > y { return x[15] * y; }
    if x[16] > y { return x[16] * y; }
    if x[17] > y { return x[17] * y; }
    if x[18] > y { return x[18] * y; }
    if x[19] > y { return x[19] * y; }
    if x[20] > y { return x[20] * y; }
    if x[21] > y { return x[21] * y; }
    if x[22] > y { return x[22] * y; }
    if x[23] > y { return x[23] * y; }
    if x[24] > y { return x[24] * y; }
    if x[25] > y { return x[25] * y; }
    if x[26] > y { return x[26] * y; }
    if x[27] > y { return x[27] * y; }
    if x[28] > y { return x[28] * y; }
    if x[29] > y { return x[29] * y; }
    if x[30] > y { return x[30] * y; }
    if x[31] > y { return x[31] * y; }
    if x[32] > y { return x[32] * y; }
    if x[33] > y { return x[33] * y; }
    if x[34] > y { return x[34] * y; }
    if x[35] > y { return x[35] * y; }
    if x[36] > y { return x[36] * y; }
    if x[37] > y { return x[37] * y; }
    if x[38] > y { return x[38] * y; }
    if x[39] > y { return x[39] * y; }
    if x[40] > y { return x[40] * y; }
    if x[41] > y { return x[41] * y; }
    y
}

fn main() {}
