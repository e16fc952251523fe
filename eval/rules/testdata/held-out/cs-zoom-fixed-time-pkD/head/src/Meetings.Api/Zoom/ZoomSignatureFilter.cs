using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Meetings.Api.Zoom;

public sealed class ZoomSignatureFilter(IOptions<ZoomOptions> options, TimeProvider clock) : IEndpointFilter
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var timestamp = request.Headers["x-zm-request-timestamp"].ToString();
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds)
        {
            return Results.Unauthorized();
        }

        // Program.cs enables buffering for this path, so that the body can be read twice.
        request.Body.Position = 0;
        using var reader = new StreamReader(request.Body, Encoding.UTF8, leaveOpen: true);
        var body = await reader.ReadToEndAsync(context.HttpContext.RequestAborted);
        request.Body.Position = 0;

        var mac = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(options.Value.SecretToken),
            Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}"));
        var expected = Encoding.ASCII.GetBytes("v0=" + Convert.ToHexString(mac).ToLowerInvariant());
        var given = Encoding.ASCII.GetBytes(request.Headers["x-zm-signature"].ToString());
        if (!CryptographicOperations.FixedTimeEquals(expected, given))
        {
            return Results.Unauthorized();
        }
        return await next(context);
    }
}
