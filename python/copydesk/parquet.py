"""A folder of tables as Parquet, whose files are written by the tasks of a cluster."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from types import TracebackType

import pyarrow
import pyarrow.fs
import pyarrow.parquet

#: A row group is written when it has this many rows …
_GROUP_ROWS = 100_000
#: … or this many bytes in memory.
_GROUP_BYTES = 64 << 20
#: Columns of text that rarely repeats: a dictionary of it costs more than it saves.
_UNIQUE = {"text", "sentence", "quote_text", "title", "fields", "json"}


class Folder:
    """A folder for each table, with a file for each part of a corpus.

    A file has the number of its part as its name and gets this name when it is complete. So a part that is written twice, because its
    task was repeated, is there once, and readers, which leave out names that begin with `.` or `_`, never see half a file.
    """

    #: The schema of the list of files that a part has written.
    WRITTEN = pyarrow.schema([("table", pyarrow.string()), ("file", pyarrow.string()), ("rows", pyarrow.int64())])

    def __init__(self, path: str, schemas: Mapping[str, pyarrow.Schema]) -> None:
        # A relative path would be another one in each process.
        self._path = path if "://" in path else os.path.abspath(path)
        self.schemas = dict(schemas)

    def open(self) -> tuple[pyarrow.fs.FileSystem, str]:
        """The file system, and the path there."""
        system, path = pyarrow.fs.FileSystem.from_uri(self._path)
        return system, path.rstrip("/")

    def begin(self) -> None:
        """Creates the folder; an error if there is anything in it."""
        system, path = self.open()
        if system.get_file_info(pyarrow.fs.FileSelector(path, allow_not_found=True)):
            raise FileExistsError(f"{self._path} is not empty: name another folder, or delete it")
        for name in self.schemas:
            system.create_dir(f"{path}/{name}")

    def part(self, number: int, attempt: int) -> Part:
        """The files of a part of the corpus, for one attempt to write them."""
        return Part(self, number, attempt)

    def finish(self, written: Iterable[tuple[str, str, int]]) -> dict[str, int]:
        """Completes the folder: keeps the files that were written, each given as (table, file, rows); returns the rows of each table."""
        system, path = self.open()
        rows = Counter({name: 0 for name in self.schemas})
        files = set()
        for table, file, count in written:
            rows[table] += count
            files.add(file)
        for name, schema in self.schemas.items():
            for info in system.get_file_info(pyarrow.fs.FileSelector(f"{path}/{name}", allow_not_found=True)):
                # Left by an attempt that failed.
                if f"{name}/{info.base_name}" not in files:
                    system.delete_file(info.path)
            if not rows[name]:
                # Readers take the columns from a file.
                pyarrow.parquet.write_table(schema.empty_table(), f"{path}/{name}/part-none.parquet", filesystem=system)
        with system.open_output_stream(f"{path}/_SUCCESS"):
            pass
        return dict(rows)


class Part:
    """The files of one part of a corpus: one for each table that has rows in it."""

    def __init__(self, folder: Folder, number: int, attempt: int) -> None:
        self._folder = folder
        self._file = f"part-{number:05}.parquet"
        self._partial = f".part-{number:05}-{attempt}"
        self._system, self._path = folder.open()
        self._tables: dict[str, _File] = {}

    def add(self, name: str, rows: pyarrow.Table) -> None:
        """Adds rows to a table."""
        if not rows.num_rows:
            return
        if name not in self._tables:
            stream = self._system.open_output_stream(f"{self._path}/{name}/{self._partial}")
            self._tables[name] = _File(stream, self._folder.schemas[name])
        self._tables[name].add(rows)

    def written(self) -> pyarrow.Table:
        """The files, once the part is complete."""
        rows = [{"table": name, "file": f"{name}/{self._file}", "rows": file.rows} for name, file in self._tables.items()]
        return pyarrow.Table.from_pylist(rows, Folder.WRITTEN)

    def __enter__(self) -> Part:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None:
            return
        for file in self._tables.values():
            file.close()
        for name in self._tables:
            self._system.move(f"{self._path}/{name}/{self._partial}", f"{self._path}/{name}/{self._file}")


class _File:
    """A Parquet file that is being written."""

    def __init__(self, stream: pyarrow.NativeFile, schema: pyarrow.Schema) -> None:
        dictionary = [field.name for field in schema if field.type == pyarrow.string() and field.name not in _UNIQUE]
        numbers = [field.name for field in schema if field.type != pyarrow.string()]
        self._stream = stream
        self._writer = pyarrow.parquet.ParquetWriter(
            stream, schema, compression="zstd", compression_level=1, use_dictionary=dictionary, write_statistics=numbers
        )
        self._waiting: list[pyarrow.Table] = []
        self._waiting_rows = self._waiting_bytes = 0
        self.rows = 0

    def add(self, rows: pyarrow.Table) -> None:
        self._waiting.append(rows)
        self.rows += rows.num_rows
        self._waiting_rows += rows.num_rows
        self._waiting_bytes += rows.nbytes
        if self._waiting_rows >= _GROUP_ROWS or self._waiting_bytes >= _GROUP_BYTES:
            self._group()

    def _group(self) -> None:
        """Writes the waiting rows as a group."""
        if self._waiting:
            rows = pyarrow.concat_tables(self._waiting)
            self._writer.write_table(rows, row_group_size=rows.num_rows)
            self._waiting = []
            self._waiting_rows = self._waiting_bytes = 0

    def close(self) -> None:
        self._group()
        self._writer.close()
        self._stream.close()
