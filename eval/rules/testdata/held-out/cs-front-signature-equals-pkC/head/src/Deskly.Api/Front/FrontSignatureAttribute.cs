using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Options;

namespace Deskly.Api.Front;

/// <summary>Request buffering is enabled for /hooks in Program.cs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FrontSignatureAttribute : Attribute, IAsyncActionFilter
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        var secret = context.HttpContext.RequestServices.GetRequiredService<IOptions<FrontOptions>>().Value.SigningKey;
        var given = request.Headers["X-Front-Signature"].ToString();
        var timestamp = request.Headers["X-Front-Request-Timestamp"].ToString();

        if (!long.TryParse(timestamp, out var millis)
            || (DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeMilliseconds(millis)).Duration() > MaxAge)
        {
            context.Result = new UnauthorizedResult();
            return;
        }

        request.Body.Position = 0;
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, context.HttpContext.RequestAborted);
        request.Body.Position = 0;

        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(secret));
        var signed = Encoding.UTF8.GetBytes(timestamp + ":").Concat(buffer.ToArray()).ToArray();
        var expected = Convert.ToBase64String(hmac.ComputeHash(signed));
        if (given == expected)
        {
            await next();
            return;
        }
        context.Result = new UnauthorizedResult();
    }
}
