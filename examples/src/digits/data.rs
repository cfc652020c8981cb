//! The handwritten digits of `data/digits.csv.gz` (its source and licence are told in `data/README.md`).
//!
//! In comes gzipped CSV, a line per image: 64 grey values from 0 to 16 and the digit that they show. Out comes one flat
//! slice of pixels from 0 to 1, [`PIXELS`] per image, and one label per image, below [`CLASSES`].

use std::error::Error;
use std::io::Read;

use csv::{ReaderBuilder, StringRecord};
use flate2::read::GzDecoder;
use rand::Rng;
use rand::seq::SliceRandom;

/// Pixels of one image: 8 rows of 8.
pub const PIXELS: usize = 64;

/// The ten digits.
pub const CLASSES: usize = 10;

/// The grey value of a pixel that is all ink.
const INK: u8 = 16;

/// The file, kept in the program so that it runs from any directory.
const FILE: &[u8] = include_bytes!("../../data/digits.csv.gz");

/// Images and what they show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Digits {
    /// The images one after the other, [`PIXELS`] numbers from 0 (paper) to 1 (ink) each.
    pub images: Vec<f64>,
    /// The digit that each image shows, 0 to 9.
    pub labels: Vec<usize>,
}

impl Digits {
    /// The 1,797 digits that come with this program.
    pub fn load() -> Result<Self, Box<dyn Error>> {
        Self::read(FILE)
    }

    /// Reads gzipped CSV. An error names the line that is not 64 grey values and a digit.
    pub fn read(gzipped: impl Read) -> Result<Self, Box<dyn Error>> {
        let mut rows = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true) // `push` says better what is wrong with a short line
            .from_reader(GzDecoder::new(gzipped));
        let mut digits = Self::default();
        for (line, row) in (1..).zip(rows.records()) {
            digits.push(&row?).map_err(|problem| format!("line {line}: {problem}"))?;
        }
        Ok(digits)
    }

    /// How many images there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is no image.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The pixels of one image.
    pub fn image(&self, index: usize) -> &[f64] {
        &self.images[index * PIXELS..(index + 1) * PIXELS]
    }

    /// A copy of the images at these indices, in this order.
    pub fn select(&self, indices: &[usize]) -> Self {
        let mut selected = Self::default();
        for &index in indices {
            selected.images.extend_from_slice(self.image(index));
            selected.labels.push(self.labels[index]);
        }
        selected
    }

    /// Shuffles the images and parts them in two: one to learn from, and `held_out` ones to be tested on.
    ///
    /// # Panics
    ///
    /// If there are fewer than `held_out` images.
    pub fn split(&self, held_out: usize, rng: &mut impl Rng) -> (Self, Self) {
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.shuffle(rng);
        let (test, training) = order.split_at(held_out);
        (self.select(training), self.select(test))
    }

    fn push(&mut self, row: &StringRecord) -> Result<(), String> {
        let numbers = row
            .iter()
            .map(|field| field.trim().parse().map_err(|_| format!("`{field}` is not a small whole number")))
            .collect::<Result<Vec<u8>, String>>()?;
        let [pixels @ .., label] = numbers.as_slice() else {
            return Err("nothing on it".to_owned());
        };
        if pixels.len() != PIXELS {
            return Err(format!("{} pixels, not {PIXELS}", pixels.len()));
        }
        if let Some(pixel) = pixels.iter().find(|&&pixel| pixel > INK) {
            return Err(format!("a pixel of {pixel}, above {INK}"));
        }
        if usize::from(*label) >= CLASSES {
            return Err(format!("{label} is not a digit"));
        }
        self.images.extend(pixels.iter().map(|&pixel| f64::from(pixel) / f64::from(INK)));
        self.labels.push(usize::from(*label));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::*;

    fn read_text(text: &str) -> Result<Digits, String> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(text.as_bytes()).unwrap();
        Digits::read(&gzip.finish().unwrap()[..]).map_err(|error| error.to_string())
    }

    fn row(pixel: &str, pixels: usize, label: &str) -> String {
        format!("{}{label}\n", format!("{pixel},").repeat(pixels))
    }

    #[test]
    fn all_images_are_there() {
        let digits = Digits::load().unwrap();
        assert_eq!(digits.len(), 1797);
        assert_eq!(digits.images.len(), 1797 * PIXELS);
        assert!(digits.images.iter().all(|pixel| (0.0..=1.0).contains(pixel)));
        let mut count = [0; CLASSES];
        for &label in &digits.labels {
            count[label] += 1;
        }
        assert_eq!(count, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
    }

    #[test]
    fn a_split_loses_and_repeats_no_image() {
        let digits = Digits::load().unwrap();
        let (training, test) = digits.split(360, &mut ChaCha8Rng::seed_from_u64(1));
        assert_eq!((training.len(), test.len()), (1437, 360));
        let mut before: Vec<_> = digits.images.chunks(PIXELS).collect();
        let mut after: Vec<_> = training.images.chunks(PIXELS).chain(test.images.chunks(PIXELS)).collect();
        before.sort_by(|a, b| a.partial_cmp(b).unwrap());
        after.sort_by(|a, b| a.partial_cmp(b).unwrap());
        assert_eq!(before, after);
    }

    #[test]
    fn an_image_keeps_its_label() {
        let text = row("0", 64, "3") + &row("16", 64, "7");
        let digits = read_text(&text).unwrap().select(&[1, 0, 1]);
        assert_eq!(digits.labels, [7, 3, 7]);
        assert_eq!(digits.image(1), [0.0; 64]);
        assert_eq!(digits.image(2), [1.0; 64]);
    }

    #[test]
    fn a_bad_line_is_named() {
        let good = row("5", 64, "9");
        let problem = |bad: &str| read_text(&(good.clone() + bad)).unwrap_err();
        assert_eq!(problem(&row("5", 63, "9")), "line 2: 63 pixels, not 64");
        assert_eq!(problem(&row("17", 64, "9")), "line 2: a pixel of 17, above 16");
        assert_eq!(problem(&row("5", 64, "10")), "line 2: 10 is not a digit");
        assert_eq!(problem(&row("x", 64, "9")), "line 2: `x` is not a small whole number");
        assert!(Digits::read(&b"not gzip"[..]).is_err());
    }
}
