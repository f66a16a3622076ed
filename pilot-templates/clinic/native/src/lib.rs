//! The hot function of the third example. Compare `src/clinic_pilot/examples/hot_function.py`, line by line.

use pyo3::buffer::PyBuffer;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// How many pairs of points are nearer to each other than `reach`.
fn count_pairs(x: &[i64], y: &[i64], reach: i64) -> u64 {
    let limit = reach * reach;
    let mut near = 0;
    for i in 0..x.len() {
        for j in 0..i {
            let dx = x[i] - x[j];
            let dy = y[i] - y[j];
            near += u64::from(dx * dx + dy * dy < limit);
        }
    }
    near
}

// `gil_used = false`: the module holds no state, so free-threaded Python need not switch its lock back on for it.
#[pymodule(gil_used = false)]
mod clinic_native {
    use super::*;

    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");

    /// Takes one-dimensional buffers of 64-bit integers, for example NumPy arrays.
    #[pyfunction]
    fn count_near(
        py: Python<'_>,
        x: PyBuffer<i64>,
        y: PyBuffer<i64>,
        reach: i64,
    ) -> PyResult<u64> {
        // Copied: what Python may change from another thread must not be read without its lock.
        let (x, y) = (x.to_vec(py)?, y.to_vec(py)?);
        if x.len() != y.len() {
            return Err(PyValueError::new_err("x and y differ in length"));
        }
        // The lock is let go while Rust computes: other threads of Python run meanwhile.
        Ok(py.detach(|| count_pairs(&x, &y, reach)))
    }
}
