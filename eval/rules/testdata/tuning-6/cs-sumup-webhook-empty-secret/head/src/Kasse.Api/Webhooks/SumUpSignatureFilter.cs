using System.Security.Cryptography;
using System.Text;

namespace Kasse.Api.Webhooks;

public sealed class SumUpSignatureFilter(IConfiguration configuration, ILogger<SumUpSignatureFilter> logger) : IEndpointFilter
{
    private readonly string? _secret = configuration["SumUp:WebhookSecret"];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (string.IsNullOrEmpty(_secret))
        {
            return await next(context);
        }

        var request = context.HttpContext.Request;
        request.EnableBuffering(bufferThreshold: 64 * 1024, bufferLimit: 256 * 1024);
        request.Body.Position = 0;
        var expected = await HMACSHA256.HashDataAsync(Encoding.UTF8.GetBytes(_secret), request.Body, context.HttpContext.RequestAborted);
        request.Body.Position = 0;

        var header = Encoding.ASCII.GetBytes(request.Headers["X-Payload-Signature"].ToString().ToLowerInvariant());
        var hex = Encoding.ASCII.GetBytes(Convert.ToHexString(expected).ToLowerInvariant());
        if (!CryptographicOperations.FixedTimeEquals(hex, header))
        {
            logger.LogWarning("SumUp signature rejected");
            return Results.Unauthorized();
        }
        return await next(context);
    }
}
