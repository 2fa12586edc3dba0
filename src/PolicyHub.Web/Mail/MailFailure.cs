using System.Net.Sockets;
using System.Security.Authentication;

namespace PolicyHub.Web.Mail;

/// <summary>Why a mail was not delivered.</summary>
internal enum MailFault
{
    /// <summary>The server can't be reached, can't be trusted, or does not take us: it is the same for every mail.</summary>
    Server,

    /// <summary>It does not take this mail now.</summary>
    NotNow,

    /// <summary>It will never take this mail.</summary>
    Never,
}

/// <summary>A mail was not delivered. The message says why, without whom it was to and what it said.</summary>
internal sealed class MailFailure : Exception
{
    public MailFailure()
    {
    }

    public MailFailure(string message)
        : base(message)
    {
    }

    public MailFailure(string message, Exception inner)
        : base(message, inner)
    {
    }

    public MailFailure(MailFault fault, string message)
        : base(message) => Fault = fault;

    public MailFault Fault { get; private init; } = MailFault.Server;

    /// <summary>What went wrong below, in words; null: it is a defect.</summary>
    public static MailFailure? Of(Exception failure, bool isCalledOff) => failure switch
    {
        MailFailure known => known,
        OperationCanceledException when !isCalledOff => new MailFailure("it took too long"),
        AuthenticationException => new MailFailure($"its certificate is not trusted, or it has none for that name: {failure.Message}", failure),
        SocketException or IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException => new MailFailure(failure.Message, failure),
        _ => null,
    };
}
