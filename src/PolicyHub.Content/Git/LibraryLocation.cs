namespace PolicyHub.Content.Git;

/// <summary>Which library is served, as the command line says it.</summary>
public sealed record LibraryLocation
{
    /// <summary>The one folder that holds all state.</summary>
    public required string DataFolder { get; init; }

    /// <summary>A folder, a bundle or an address; null: the library of our own under <see cref="DataFolder"/>.</summary>
    public string? Library { get; init; }

    /// <summary>The published branch; null: HEAD, else main, master or the only branch.</summary>
    public string? Branch { get; init; }

    /// <summary>The folder of the repository that is the library; null or empty: all of it.</summary>
    public string? Folder { get; init; }

    /// <summary>What a library of our own is made from at the first start.</summary>
    public string? StarterFolder { get; init; }
}
