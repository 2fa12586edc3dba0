namespace PolicyHub.Web.Mail;

/// <summary>A mail to one person.</summary>
/// <param name="Subject">On one line: what would begin another is taken out.</param>
/// <param name="Text">Plain text.</param>
public sealed record HubMail(string To, string Subject, string Text);
