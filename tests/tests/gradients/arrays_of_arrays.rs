//! Arrays, slices and vectors of arrays, vectors of vectors.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn determinant(m: [[f64; 2]; 2]) -> f64 {
    m[0][0] * m[1][1] - m[0][1] * m[1][0]
}

#[test]
fn a_matrix_by_value() {
    check!(determinant([[1.0, 2.0], [-0.5, 3.0]]));
    assert_eq!(determinant::grad([[1.0, 2.0], [-0.5, 3.0]]), [[3.0, 0.5], [-2.0, 1.0]]);
}

#[backprop]
fn product_trace(a: &[[f64; 3]; 2], b: &[[f64; 2]; 3]) -> f64 {
    let mut c = [[0.0; 2]; 2];
    for i in 0..2 {
        for j in 0..2 {
            for k in 0..3 {
                c[i][j] += a[i][k] * b[k][j];
            }
        }
    }
    c[0][0] * c[1][1] + c[0][1].sin() * c[1][0]
}

#[test]
fn matrices_by_reference() {
    check!(product_trace(&[[0.1, -0.4, 0.7], [1.0, 0.3, -0.9]], &[[1.1, 0.4], [-0.2, 0.8], [-0.3, 0.5]],));
}

#[backprop]
fn powers(m: [[f64; 2]; 2], n: usize) -> f64 {
    let mut p = [[1.0, 0.0], [0.0, 1.0]];
    for _ in 0..n {
        let q = p;
        for i in 0..2 {
            for j in 0..2 {
                p[i][j] = q[i][0] * m[0][j] + q[i][1] * m[1][j];
            }
        }
    }
    p[0][0] + p[0][1] * p[1][0]
}

#[test]
fn a_matrix_carried_through_a_loop() {
    check!(powers([[0.9, 0.2], [-0.4, 1.1]], const 0));
    check!(powers([[0.9, 0.2], [-0.4, 1.1]], const 5));
}

#[backprop]
fn rows_moved(m: [[f64; 2]; 3], x: f64) -> f64 {
    let mut m = m;
    let row = m[0];
    m[0] = m[2];
    m[2] = [row[1] * x, row[0]];
    m[1] = [x; 2];
    m[1][0] *= m[2][0];
    let mut s = 0.0;
    for i in 0..3 {
        s += m[i][0] * m[i][1] * (i + 1) as f64;
    }
    s
}

#[test]
fn whole_rows_read_and_written() {
    check!(rows_moved([[0.9, 0.2], [-0.4, 1.1], [0.3, 0.8]], 1.4));
}

#[backprop]
fn points(points: &[[f64; 2]], centers: &[[f64; 2]]) -> f64 {
    let mut total = 0.0;
    for p in 0..points.len() {
        let mut nearest = f64::INFINITY;
        for c in 0..centers.len() {
            let dx = points[p][0] - centers[c][0];
            let dy = points[p][1] - centers[c][1];
            nearest = nearest.min(dx * dx + dy * dy);
        }
        total += nearest;
    }
    total
}

#[test]
fn the_k_means_loss() {
    let data = vec![[0.1, 0.2], [1.9, 2.2], [-0.3, 0.5], [2.3, 1.7]];
    check!(points(&data, &vec![[0.0, 0.1], [2.0, 2.0]]));
    check!(points(&vec![], &vec![[0.0, 0.1]]));
}

#[backprop]
fn slice_of_rows(rows: &mut [[f64; 2]], k: f64) {
    for i in 0..rows.len() {
        rows[i][0] *= k * rows[i][1];
        rows[i][1] -= rows[i][0];
        if i > 0 {
            rows[i][0] += rows[i - 1][1] * rows[i][1];
        }
    }
}

#[test]
fn rows_changed_in_place() {
    check!(slice_of_rows(&mut vec![[0.9, 0.2], [-0.4, 1.1], [0.3, 0.8]], 1.4) -> ());
    check!(slice_of_rows(&mut vec![], 1.4) -> ());
}

#[backprop]
fn ragged(rows: &[Vec<f64>]) -> f64 {
    let mut s = 1.0;
    for i in 0..rows.len() {
        for j in 0..rows[i].len() {
            s = s * 0.8 + rows[i][j] * rows[i][j] * (i + j) as f64;
        }
    }
    s
}

#[test]
fn rows_of_different_lengths() {
    check!(ragged(&vec![vec![0.4, 0.2], vec![], vec![-1.0, 0.7, 0.3]]));
    check!(ragged(&vec![]));
}

#[backprop]
fn vector_of_vectors(x: f64, n: usize) -> f64 {
    let mut grid = vec![vec![x; n]; n];
    for i in 1..n {
        for j in 1..n {
            grid[i][j] = grid[i - 1][j] * grid[i][j - 1] + 0.1 * x;
        }
    }
    grid[n - 1][n - 1]
}

#[test]
fn a_grid_filled_from_its_edges() {
    check!(vector_of_vectors(0.7, const 1));
    check!(vector_of_vectors(0.7, const 4));
}

#[backprop]
fn cube(t: &[[[f64; 2]; 2]; 2]) -> f64 {
    let mut s = 0.0;
    for i in 0..2 {
        for j in 0..2 {
            for k in 0..2 {
                s += t[i][j][k] * t[k][i][j] * (1 + i + 2 * j) as f64;
            }
        }
    }
    s
}

#[test]
fn three_indices() {
    check!(cube(&[[[0.1, 0.2], [0.3, -0.4]], [[0.5, 0.6], [-0.7, 0.8]]]));
}
