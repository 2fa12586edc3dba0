namespace PolicyHub.Content.Git;

/// <summary>git failed, took too long or refused; the message is one sentence that an administrator can act on.</summary>
public sealed class GitException : Exception
{
    public GitException(string message)
        : base(message)
    {
    }

    public GitException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public GitException()
    {
    }
}
