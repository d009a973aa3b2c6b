//! The few functions of `libhs` that are needed, and what owns their memory.

use std::ffi::{CStr, CString, c_char, c_int, c_uint, c_ulonglong, c_void};
use std::ptr::{null, null_mut};

use crate::engines::Failed;

/// Any letter case.
pub const CASELESS: c_uint = 1;
/// Each expression reports once for a scan.
pub const SINGLEMATCH: c_uint = 8;
const MODE_BLOCK: c_uint = 1;

#[repr(C)]
struct CompileError {
    message: *const c_char,
    expression: c_int,
}

/// Called with the number of the expression, start, end, flags and the context; not 0 ends the scan.
pub type OnMatch = extern "C" fn(c_uint, c_ulonglong, c_ulonglong, c_uint, *mut c_void) -> c_int;

unsafe extern "C" {
    fn hs_compile_multi(
        expressions: *const *const c_char,
        flags: *const c_uint,
        ids: *const c_uint,
        elements: c_uint,
        mode: c_uint,
        platform: *const c_void,
        database: *mut *mut c_void,
        error: *mut *mut CompileError,
    ) -> c_int;
    fn hs_compile_lit_multi(
        expressions: *const *const c_char,
        flags: *const c_uint,
        ids: *const c_uint,
        lengths: *const usize,
        elements: c_uint,
        mode: c_uint,
        platform: *const c_void,
        database: *mut *mut c_void,
        error: *mut *mut CompileError,
    ) -> c_int;
    fn hs_free_compile_error(error: *mut CompileError) -> c_int;
    fn hs_alloc_scratch(database: *const c_void, scratch: *mut *mut c_void) -> c_int;
    fn hs_free_scratch(scratch: *mut c_void) -> c_int;
    fn hs_free_database(database: *mut c_void) -> c_int;
    fn hs_scan(
        database: *const c_void,
        data: *const c_char,
        length: c_uint,
        flags: c_uint,
        scratch: *mut c_void,
        on_match: OnMatch,
        context: *mut c_void,
    ) -> c_int;
    fn hs_version() -> *const c_char;
}

/// The library's version.
pub fn version() -> String {
    // SAFETY: the library returns a static string that ends with a zero.
    unsafe { CStr::from_ptr(hs_version()) }.to_string_lossy().into_owned()
}

/// A compiled database and its scratch memory.
pub struct Database {
    database: *mut c_void,
    scratch: *mut c_void,
}

impl Database {
    /// Compiles expressions, or literals.
    ///
    /// # Errors
    /// The library refuses one of them.
    pub fn new(patterns: &[(u32, String)], flags: c_uint, literal: bool) -> Result<Database, Failed> {
        let texts: Result<Vec<CString>, _> = patterns.iter().map(|(_, p)| CString::new(p.as_str())).collect();
        let texts = texts?;
        let pointers: Vec<*const c_char> = texts.iter().map(|text| text.as_ptr()).collect();
        let lengths: Vec<usize> = texts.iter().map(|text| text.as_bytes().len()).collect();
        let ids: Vec<c_uint> = patterns.iter().map(|(id, _)| *id).collect();
        let flags = vec![flags; patterns.len()];
        let count = c_uint::try_from(patterns.len())?;
        let (mut database, mut error) = (null_mut(), null_mut());
        // SAFETY: all arrays have `count` elements and outlive the call; the strings end with a zero.
        let status = unsafe {
            let (texts, flags, ids) = (pointers.as_ptr(), flags.as_ptr(), ids.as_ptr());
            let (platform, lengths) = (null(), lengths.as_ptr());
            let (to, failed) = (&raw mut database, &raw mut error);
            if literal {
                hs_compile_lit_multi(texts, flags, ids, lengths, count, MODE_BLOCK, platform, to, failed)
            } else {
                hs_compile_multi(texts, flags, ids, count, MODE_BLOCK, platform, to, failed)
            }
        };
        if status != 0 {
            return Err(Database::why(error).into());
        }
        let mut scratch = null_mut();
        // SAFETY: the database was compiled just now.
        match unsafe { hs_alloc_scratch(database, &raw mut scratch) } {
            0 => Ok(Database { database, scratch }),
            status => Err(format!("no scratch memory: status {status}").into()),
        }
    }

    fn why(error: *mut CompileError) -> String {
        if error.is_null() {
            return "compilation failed".into();
        }
        // SAFETY: a failed compilation fills the error, whose message ends with a zero; it is freed once.
        unsafe {
            let message = CStr::from_ptr((*error).message).to_string_lossy().into_owned();
            let why = format!("expression {}: {message}", (*error).expression);
            hs_free_compile_error(error);
            why
        }
    }

    /// Calls `on_match`, which gets `context`, for every match.
    pub fn scan<T>(&mut self, data: &[u8], on_match: OnMatch, context: &mut T) {
        // SAFETY: `data` is as long as said; `on_match` casts the context back to the type that it has here.
        let status = unsafe {
            let length = data.len() as c_uint;
            let context = (context as *mut T).cast();
            hs_scan(self.database, data.as_ptr().cast(), length, 0, self.scratch, on_match, context)
        };
        assert_eq!(status, 0, "hs_scan failed");
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // SAFETY: both were made by the library, and nothing uses them from here on.
        unsafe {
            hs_free_scratch(self.scratch);
            hs_free_database(self.database);
        }
    }
}
