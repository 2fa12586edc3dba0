using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.HistorySearch;

/// <summary>
/// Every section that any version ever held, each distinct one once, in a full-text table of SQLite (FTS5):
/// <c>DATA/cache/history-KEY.db</c>. Derived: deleted, damaged or of another format, it is made again. It knows texts alone; who may see
/// which, and when it was in effect, is asked of the edition with each search.
/// </summary>
public sealed class HistoryIndex
{
    // Raise it whenever what is written, or how a text is cut into sections, changes.
    private const int Format = 1;

    /// <summary>Texts that are read, cut and written at once.</summary>
    private const int Batch = 64;

    private const string Schema = """
        CREATE TABLE section (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, title TEXT NOT NULL, heading TEXT NOT NULL, text TEXT NOT NULL);
        CREATE VIRTUAL TABLE words USING fts5 (title, heading, text, content='section', content_rowid='id', tokenize="porter unicode61 remove_diacritics 2", prefix='2 3');
        CREATE TABLE held (section INTEGER NOT NULL, blob BLOB NOT NULL, anchor TEXT NOT NULL, PRIMARY KEY (section, blob)) WITHOUT ROWID;
        CREATE TABLE done (blob BLOB PRIMARY KEY) WITHOUT ROWID;
        """;

    private readonly string file;

    private HistoryIndex(string file) => this.file = file;

    /// <summary>Opens the index of a library, or begins an empty one where there is none to trust.</summary>
    /// <param name="key">Names the library, the same at every start (<see cref="LibraryRepository.Key"/>).</param>
    /// <exception cref="IOException">The cache folder cannot be written.</exception>
    /// <exception cref="SqliteException">Neither can the file be used nor another be made.</exception>
    public static HistoryIndex Open(string dataFolder, string key)
    {
        var place = Path.Combine(dataFolder, "cache", $"history-{key}.db");
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        var index = new HistoryIndex(place);
        if (!index.IsUsable())
        {
            index.Begin();
        }

        return index;
    }

    /// <summary>Takes in every text of a catalogue that it does not hold yet, some at a time; a search meanwhile finds what is in.</summary>
    /// <param name="settings">By which texts are read.</param>
    /// <param name="progress">Told how many of how many texts are in; it may take its time, so that others get theirs.</param>
    /// <exception cref="GitException">A text cannot be read from the store.</exception>
    /// <exception cref="SqliteException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was given up; what is in stays in.</exception>
    public async Task UpdateAsync(
        LibraryCatalogue catalogue, IBlobStore blobs, LibrarySettings settings, Func<int, int, Task> progress, CancellationToken cancellation)
    {
        var texts = new Dictionary<BlobId, LibraryPath>();
        foreach (var version in catalogue.Documents.SelectMany(document => document.Versions))
        {
            if (version.Blob is { } blob)
            {
                texts.TryAdd(blob, version.Path);
            }
        }

        using var connection = Connect();
        var done = Blobs(connection, "SELECT blob FROM done");
        var missing = texts.Where(text => !done.Contains(text.Key)).ToList();
        var all = texts.Count;
        var renderer = new DocumentRenderer(settings.Words);
        var left = missing.Count;
        await progress(all - left, all);
        foreach (var batch in missing.Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            var bytes = await blobs.ReadAsync([.. batch.Select(text => text.Key)], LargestText, cancellation);
            using var transaction = connection.BeginTransaction();
            foreach (var ((blob, path), read) in batch.Zip(bytes))
            {
                Write(connection, transaction, blob, read is null ? [] : SectionsOf(path, read, settings, renderer));
            }

            transaction.Commit();
            await progress(all - (left -= batch.Length), all);
        }
    }

    /// <summary>The sections that hold all the words, the best first, each with the texts that held it.</summary>
    /// <param name="most">At most so many sections; <see cref="Found.IsAll"/> says whether there are more.</param>
    internal Found Search(HistoryQuery query, int most)
    {
        if (query.IsEmpty)
        {
            return new Found([], IsAll: true);
        }

        using var connection = Connect();
        using var find = Command(connection, "SELECT rowid, bm25(words, 4.0, 2.0, 1.0) FROM words WHERE words MATCH $words ORDER BY 2 LIMIT $most", ("$words", query.Expression), ("$most", most + 1));
        var ids = new List<long>();
        using (var rows = find.ExecuteReader())
        {
            while (rows.Read())
            {
                ids.Add(rows.GetInt64(0));
            }
        }

        var isAll = ids.Count <= most;
        using var holders = Command(connection, "SELECT blob, anchor FROM held WHERE section = $section", ("$section", 0L));
        var sections = ImmutableArray.CreateBuilder<FoundSection>();
        foreach (var id in ids.Take(most))
        {
            holders.Parameters[0].Value = id;
            using var rows = holders.ExecuteReader();
            var held = new List<(BlobId, string)>();
            while (rows.Read())
            {
                held.Add((new BlobId(Convert.ToHexStringLower(rows.GetFieldValue<byte[]>(0))), rows.GetString(1)));
            }

            sections.Add(new FoundSection(id, [.. held]));
        }

        return new Found(sections.ToImmutable(), isAll);
    }

    /// <summary>The heading and the best lines of a section, with the words marked.</summary>
    internal (string Heading, MarkedText Excerpt) Excerpt(HistoryQuery query, long section)
    {
        using var connection = Connect();
        using var command = Command(
            connection,
            "SELECT section.heading, snippet(words, 2, char(2), char(3), ' … ', 32) FROM words JOIN section ON section.id = words.rowid WHERE words MATCH $words AND words.rowid = $section",
            ("$words", query.Expression), ("$section", section));
        using var rows = command.ExecuteReader();
        return rows.Read() ? (rows.GetString(0), Marked(rows.GetString(1))) : ("", new MarkedText("", []));
    }

    private const int LargestText = 512 * 1024;

    private static MarkedText Marked(string written)
    {
        var text = new StringBuilder(written.Length);
        var marks = ImmutableArray.CreateBuilder<TextSpan>();
        var start = 0;
        foreach (var letter in written)
        {
            if (letter == '\u0002')
            {
                start = text.Length;
            }
            else if (letter == '\u0003')
            {
                marks.Add(new TextSpan(start, text.Length - start));
            }
            else
            {
                text.Append(letter is '\n' or '\r' ? ' ' : letter);
            }
        }

        return new MarkedText(text.ToString(), marks.ToImmutable());
    }

    /// <summary>What a text holds: its sections, and with the first all that its front matter shows to readers.</summary>
    private static IEnumerable<(string Title, string Heading, string Anchor, string Text)> SectionsOf(
        LibraryPath path, byte[] bytes, LibrarySettings settings, DocumentRenderer renderer)
    {
        if (DocumentReader.Read(path, bytes, settings).Document is not { } document)
        {
            // A text that cannot be read was never shown; its words are found all the same, as they stand in the file.
            return [(path.Name, "", "", Encoding.UTF8.GetString(bytes))];
        }

        var shown = string.Join('\n', new[] { document.Id, document.Summary }
            .Concat(document.AlsoKnownAs)
            .Concat(document.Answers.SelectMany(answer => new[] { answer.Ask, answer.OnlyIf, answer.Say }))
            .Concat(DetailTexts.Of(document.Details).Select(detail => detail.Text))
            .Where(text => !string.IsNullOrEmpty(text)));
        return renderer.Render(document).Sections.Select((section, index) =>
            (document.Title, section.Heading, section.Anchor, index == 0 ? $"{shown}\n{section.Text}" : section.Text));
    }

    private static void Write(
        SqliteConnection connection, SqliteTransaction transaction, BlobId blob, IEnumerable<(string Title, string Heading, string Anchor, string Text)> sections)
    {
        var key = Convert.FromHexString(blob.Hex);
        foreach (var (title, heading, anchor, text) in sections)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{title}\0{heading}\0{text}"));
            var id = Scalar(connection, transaction, "SELECT id FROM section WHERE hash = $hash", ("$hash", hash));
            if (id is null)
            {
                id = Scalar(
                    connection, transaction, "INSERT INTO section (hash, title, heading, text) VALUES ($hash, $title, $heading, $text) RETURNING id",
                    ("$hash", hash), ("$title", title), ("$heading", heading), ("$text", text));
                Scalar(
                    connection, transaction, "INSERT INTO words (rowid, title, heading, text) VALUES ($id, $title, $heading, $text)",
                    ("$id", id!), ("$title", title), ("$heading", heading), ("$text", text));
            }

            Scalar(connection, transaction, "INSERT OR IGNORE INTO held (section, blob, anchor) VALUES ($id, $blob, $anchor)", ("$id", id!), ("$blob", key), ("$anchor", anchor));
        }

        Scalar(connection, transaction, "INSERT OR IGNORE INTO done (blob) VALUES ($blob)", ("$blob", key));
    }

    private static object? Scalar(SqliteConnection connection, SqliteTransaction? transaction, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        command.Transaction = transaction;
        return command.ExecuteScalar();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is written here; what people type is a parameter.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    private static HashSet<BlobId> Blobs(SqliteConnection connection, string sql)
    {
        using var command = Command(connection, sql);
        using var rows = command.ExecuteReader();
        var found = new HashSet<BlobId>();
        while (rows.Read())
        {
            found.Add(new BlobId(Convert.ToHexStringLower(rows.GetFieldValue<byte[]>(0))));
        }

        return found;
    }

    /// <summary>Whether the file is one of ours, whole and of this format.</summary>
    private bool IsUsable()
    {
        if (!File.Exists(file))
        {
            return false;
        }

        try
        {
            using var connection = Connect();
            return (long)Scalar(connection, null, "PRAGMA user_version")! == Format && (string)Scalar(connection, null, "PRAGMA quick_check(1)")! == "ok";
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private void Begin()
    {
        SqliteConnection.ClearAllPools();
        foreach (var part in new[] { file, file + "-wal", file + "-shm", file + "-journal" })
        {
            File.Delete(part);
        }

        using var connection = Connect();
        Scalar(connection, null, "PRAGMA journal_mode = WAL");
        using var transaction = connection.BeginTransaction();
        foreach (var statement in Schema.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Append($"PRAGMA user_version = {Format}"))
        {
            Scalar(connection, transaction, statement);
        }

        transaction.Commit();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 10 }.ToString());
        connection.Open();

        // Derived: what a power cut takes is made again.
        Scalar(connection, null, "PRAGMA synchronous = OFF");
        return connection;
    }
}

/// <param name="IsAll">No more sections hold the words.</param>
internal sealed record Found(ImmutableArray<FoundSection> Sections, bool IsAll);

/// <param name="Held">The texts that held it, and where in each.</param>
internal sealed record FoundSection(long Id, ImmutableArray<(BlobId Blob, string Anchor)> Held);
