using System.Text;
using Microsoft.Extensions.Options;
using NSec.Cryptography;

namespace Deskly.Channels.Discord;

internal sealed class DiscordSignatureMiddleware
{
    private const long MaxAgeSeconds = 300;
    private readonly RequestDelegate _next;
    private readonly PublicKey _key;
    private readonly TimeProvider _time;

    public DiscordSignatureMiddleware(RequestDelegate next, IOptions<DiscordOptions> options, TimeProvider time)
    {
        _next = next;
        _key = PublicKey.Import(
            SignatureAlgorithm.Ed25519, Convert.FromHexString(options.Value.PublicKey), KeyBlobFormat.RawPublicKey);
        _time = time;
    }

    public async Task InvokeAsync(HttpContext context)
    {
        context.Request.EnableBuffering();
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        context.Request.Body.Position = 0;

        if (!IsGenuine(context.Request.Headers, body.ToArray()))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        await _next(context);
    }

    private bool IsGenuine(IHeaderDictionary headers, byte[] body)
    {
        var timestamp = headers["X-Signature-Timestamp"].ToString();
        var signature = headers["X-Signature-Ed25519"].ToString();
        if (signature.Length != 128 || !signature.All(char.IsAsciiHexDigit)
            || !long.TryParse(timestamp, out var sentAt)
            || Math.Abs(_time.GetUtcNow().ToUnixTimeSeconds() - sentAt) > MaxAgeSeconds)
        {
            return false;
        }
        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp), .. body];
        return SignatureAlgorithm.Ed25519.Verify(_key, signed, Convert.FromHexString(signature));
    }
}
