using System.Collections.Immutable;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Documents;

/// <summary>Reads <c>library.yml</c>.</summary>
public static class SettingsReader
{
    /// <summary>Never throws; what cannot be read keeps its default and is reported with line and column.</summary>
    public static (LibrarySettings Settings, ImmutableArray<Problem> Problems) Read(ReadOnlySpan<byte> bytes) => throw new NotSupportedException();
}
