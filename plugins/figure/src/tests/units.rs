//! Options, users' units, values in SI units.

use copydesk_core::build;

use super::{DATE, analyzed, describe};
use crate::FigureStage;

#[test]
fn options_work() {
    let document =
        analyzed("Signed 5/6/2022, the third time.", DATE, r#"{"day_first": true, "ordinals": false}"#);
    let view = document.view();
    let found: Vec<String> = view.figures().map(|figure| describe(&view, figure)).collect();
    assert_eq!(found, ["5/6/2022=date 2022-06-05"]);
    assert!(build::<FigureStage>(r#"{"dayfirst": true}"#).is_err());
}

#[test]
fn units_of_ones_own() {
    let path = std::env::temp_dir().join(format!("copydesk-units-{}.toml", std::process::id()));
    let file = "[[unit]]\ncode = \"[smoot]\"\nname = \"smoot\"\nforms = [\"smoot+\"]\nsi = \"1.7018 m\"\n";
    assert!(std::fs::write(&path, file).is_ok());
    let options = format!(r#"{{"units": [{:?}]}}"#, path.to_string_lossy());
    let document = analyzed("The bridge is 364 smoots long.", DATE, &options);
    let view = document.view();
    let found: Vec<String> = view.figures().map(|figure| describe(&view, figure)).collect();
    assert_eq!(found, ["364 smoots=quantity 364 [smoot]"]);
    let si = view.figures().next().and_then(|figure| figure.si());
    assert_eq!(si.map(|si| (si.low.to_string(), si.unit)), Some(("619.4552".to_owned(), "m")));
    assert!(std::fs::write(&path, "[[unit]]\nnome = \"smoot\"\n").is_ok());
    assert!(build::<FigureStage>(&options).is_err());
    let _ = std::fs::remove_file(&path);
    assert!(build::<FigureStage>(&options).is_err());
}

#[test]
fn units_with_their_si_values() {
    let si = |text: &str| {
        let document = analyzed(text, DATE, "");
        let view = document.view();
        view.figures().next().and_then(|figure| figure.si()).map(|si| format!("{} {}", si.low, si.unit))
    };
    assert_eq!(si("It is 5 miles away.").as_deref(), Some("8046.72 m"));
    assert_eq!(si("The wind blew at 36 km/h.").as_deref(), Some("10 m/s"));
    assert_eq!(si("A plant of 2.5 GW.").as_deref(), Some("2500000000 W"));
    assert_eq!(si("It was 77 degrees Fahrenheit.").as_deref(), Some("298.15 K"));
    assert_eq!(si("A farm of 3 square kilometres.").as_deref(), Some("3000000 m2"));
    assert_eq!(si("She earned 5 dollars."), None);
}
