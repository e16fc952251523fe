using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Returns.Api.Webhooks;

public sealed class SignatureFilter : IEndpointFilter
{
    private const int MaxBody = 512 * 1024;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private readonly byte[] _key;
    private readonly TimeProvider _clock;

    public SignatureFilter(IOptions<MarketplaceOptions> options, TimeProvider clock)
    {
        _key = Encoding.UTF8.GetBytes(options.Value.WebhookSecret
            ?? throw new InvalidOperationException("Marketplace:WebhookSecret is not configured"));
        _clock = clock;
    }

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (request.ContentLength > MaxBody)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        if (!long.TryParse(request.Headers["X-Market-Timestamp"], out var unix)
            || (_clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(unix)).Duration() > Tolerance)
        {
            return Results.Unauthorized();
        }

        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, Encoding.UTF8, leaveOpen: true);
        var body = await reader.ReadToEndAsync(context.HttpContext.RequestAborted);
        request.Body.Position = 0;

        var expected = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{unix}.{body}"));
        if (!TryDecode(request.Headers["X-Market-Signature"].ToString(), out var provided)
            || !CryptographicOperations.FixedTimeEquals(expected, provided))
        {
            return Results.Unauthorized();
        }

        return await next(context);
    }

    private static bool TryDecode(string hex, out byte[] bytes)
    {
        try
        {
            bytes = Convert.FromHexString(hex);
            return true;
        }
        catch (FormatException)
        {
            bytes = Array.Empty<byte>();
            return false;
        }
    }
}
