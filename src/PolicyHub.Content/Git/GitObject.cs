namespace PolicyHub.Content.Git;

/// <summary>One object of a repository, as git stores it.</summary>
/// <param name="Id">Its full lower-case hex name: the hash of <c>TYPE SIZE\0</c> and the content, SHA-1 or SHA-256.</param>
/// <param name="Type"><c>commit</c>, <c>tree</c> or <c>blob</c>.</param>
/// <param name="Content">Its exact bytes without the header: what <c>git hash-object -t TYPE --stdin</c> takes.</param>
public sealed record GitObject(string Id, string Type, byte[] Content);

/// <summary>One entry of a tree.</summary>
/// <param name="Mode">As written, such as <c>100644</c>; <c>40000</c> for a folder.</param>
/// <param name="Name">As UTF-8; what is no UTF-8 reads as replacement characters and <paramref name="IsText"/> is false.</param>
/// <param name="Id">The object that it names.</param>
public readonly record struct TreeEntry(string Mode, string Name, bool IsText, string Id)
{
    public bool IsFolder => Mode is "40000" or "040000";
}
