using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Retention;

/// <summary>One record as it is given out: when it came to be, and what it says. No secret stands in one.</summary>
public sealed record RecordRow(DateTimeOffset At, JsonObject Fields);

/// <summary>
/// A kind of record: what <c>/about-you</c> explains, what a retention period is set for and what a records request gives out, all from this
/// one description. <see cref="RecordKinds"/> lists every one, and a test holds that list to the tables that there are.
/// </summary>
public sealed record RecordKind
{
    /// <summary>Its name in settings, files and the keys of words, such as <c>notices</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The entities whose rows it is.</summary>
    public required ImmutableArray<Type> Entities { get; init; }

    /// <summary>Whether a row can be about one person.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>Whether it is for the person alone: given out to nobody else, unless whoever runs the server does so with the law behind them.</summary>
    public bool IsOwnersAlone { get; init; }

    /// <summary>Whether it is given out to nobody, as it says nothing about anybody.</summary>
    public bool IsSecret => Rows is null;

    /// <summary>All rows, or those about one person; null: a secret of the program itself, which is given out to nobody.</summary>
    public Func<RecordsDb, Guid?, IAsyncEnumerable<RecordRow>>? Rows { get; init; }

    /// <summary>Takes out what is older than an instant; gives the number of rows. Null: it has no end.</summary>
    public Func<RecordsDb, DateTimeOffset, CancellationToken, Task<int>>? Forget { get; init; }
}
