using System.Collections.Immutable;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Editing;

/// <summary>How a field that only one kind of document has is filled in.</summary>
public enum FieldShape
{
    /// <summary>A few words.</summary>
    Line,

    /// <summary>A sentence or more.</summary>
    Text,

    /// <summary>Texts, one a line.</summary>
    Lines,

    /// <summary>Lines for all channels, or for each by its name.</summary>
    Channels,

    /// <summary>Names with a text for each.</summary>
    Pairs,

    /// <summary>As many as one likes, each with fields of its own.</summary>
    Rows,
}

/// <summary>A field that only one kind of document has, as <c>KindFields</c> reads it.</summary>
/// <param name="Columns">Of rows, what each says.</param>
public sealed record KindField(string Name, FieldShape Shape, ImmutableArray<KindField> Columns)
{
    private static readonly Dictionary<DocumentKind, ImmutableArray<KindField>> Known = new()
    {
        [DocumentKind.Charter] = [Rows("promises", [Text("promise"), Line("within"), Lines("made-by"), Lines("kept-by"), Line("topic"), Text("measure"), Text("source"), Line("target"), Text("if-missed"), Line("confirmed")])],
        [DocumentKind.Process] = [Rows("steps", [Line("letter"), Line("name"), Channels("do"), Channels("say")])],
        [DocumentKind.Standard] = [new("times", FieldShape.Pairs, []), Channels("basic"), Channels("exceptional")],
        [DocumentKind.Authority] = [Rows("limits", [Line("role"), Text("may"), Line("up-to"), Line("per"), Text("above-it")])],
        [DocumentKind.Form] = [Line("file"), Line("sample")],
        [DocumentKind.Term] = [Lines("instead-of"), Line("plain")],
        [DocumentKind.Desk] =
        [
            Line("phone"), Line("extension"), Line("email"), Lines("hours"), Text("transfer"), Text("address"), Lines("languages"), Text("after-hours"), Line("covered-by"), Lines("handles"),
            Rows("not-ours", [Line("topic"), Line("who"), Line("phone")]),
        ],
        [DocumentKind.System] = [Text("for"), Line("url"), Text("access-by"), Text("when-down")],
        [DocumentKind.Notice] = [Line("from"), Line("until"), Text("say"), Text("do-not-promise"), Lines("overrides")],
    };

    /// <summary>Those of a kind, in the order in which they are filled in.</summary>
    public static ImmutableArray<KindField> Of(DocumentKind kind) => Known.GetValueOrDefault(kind, []);

    private static KindField Line(string name) => new(name, FieldShape.Line, []);

    private static KindField Text(string name) => new(name, FieldShape.Text, []);

    private static KindField Lines(string name) => new(name, FieldShape.Lines, []);

    private static KindField Channels(string name) => new(name, FieldShape.Channels, []);

    private static KindField Rows(string name, ImmutableArray<KindField> columns) => new(name, FieldShape.Rows, columns);
}
