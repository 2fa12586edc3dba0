namespace PolicyHub.Content.Git;

/// <summary>The full lower-case hex name of a commit.</summary>
public readonly record struct CommitId(string Hex)
{
    /// <summary>The first ten digits, for people.</summary>
    public string Abbreviated => Hex is null ? "" : Hex[..Math.Min(10, Hex.Length)];

    public override string ToString() => Hex;
}

/// <summary>The full lower-case hex name of a blob: the hash of the exact bytes of one text or file.</summary>
public readonly record struct BlobId(string Hex)
{
    public override string ToString() => Hex;
}
