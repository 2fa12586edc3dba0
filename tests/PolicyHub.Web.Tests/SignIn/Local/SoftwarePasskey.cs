using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;

namespace PolicyHub.Web.Tests.SignIn.Local;

/// <summary>A passkey without a device (Web Authentication, level 3): a key, and answers signed with it as a browser sends them.</summary>
internal sealed class SoftwarePasskey : IDisposable
{
    private const string Domain = "localhost";

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(16);

    /// <summary>As it stands in the records: the key in the form of COSE (RFC 9053, 7.1.1: EC2, ES256, P-256).</summary>
    public UserPasskeyInfo Info(DateTimeOffset made)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        return new UserPasskeyInfo(id, cose, made, 0, ["internal"], true, false, false, [], []) { Name = "Software" };
    }

    /// <summary>What a browser sends for a challenge, in the form of <c>PublicKeyCredential.toJSON()</c>. It counts no signatures, as those that are kept in a cloud do not.</summary>
    /// <param name="options">What the site asked.</param>
    public string Answer(string options, string origin, Guid person)
    {
        using var asked = JsonDocument.Parse(options);
        var client = JsonSerializer.SerializeToUtf8Bytes(new { type = "webauthn.get", challenge = asked.RootElement.GetProperty("challenge").GetString(), origin, crossOrigin = false });
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, 0);

        // Flags: the user was there, and was made sure of.
        byte[] data = [.. SHA256.HashData(Encoding.UTF8.GetBytes(Domain)), 0b0000_0101, .. counter];
        var signature = key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var name = Base64Url.EncodeToString(id);
        return JsonSerializer.Serialize(new
        {
            id = name,
            rawId = name,
            type = "public-key",
            clientExtensionResults = new { },
            response = new
            {
                clientDataJSON = Base64Url.EncodeToString(client),
                authenticatorData = Base64Url.EncodeToString(data),
                signature = Base64Url.EncodeToString(signature),
                userHandle = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(person.ToString())),
            },
        });
    }

    public void Dispose() => key.Dispose();
}
