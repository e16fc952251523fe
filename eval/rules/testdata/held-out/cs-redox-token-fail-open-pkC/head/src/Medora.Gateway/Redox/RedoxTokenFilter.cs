using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Medora.Gateway.Redox;

internal sealed class RedoxTokenFilter : IEndpointFilter
{
    private readonly IOptionsMonitor<RedoxOptions> _options;
    private readonly ILogger<RedoxTokenFilter> _logger;

    public RedoxTokenFilter(IOptionsMonitor<RedoxOptions> options, ILogger<RedoxTokenFilter> logger)
    {
        _options = options;
        _logger = logger;
    }

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var expected = _options.CurrentValue.VerificationToken;
        if (string.IsNullOrEmpty(expected))
        {
            _logger.LogDebug("no redox verification token configured");
            return await next(context);
        }

        var given = context.HttpContext.Request.Headers["verification-token"].ToString();
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected)))
        {
            _logger.LogWarning("redox request with a wrong token from {Remote}", context.HttpContext.Connection.RemoteIpAddress);
            return Results.Unauthorized();
        }
        return await next(context);
    }
}
