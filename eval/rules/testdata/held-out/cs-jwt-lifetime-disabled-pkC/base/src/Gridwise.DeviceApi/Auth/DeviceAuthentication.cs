using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Gridwise.DeviceApi.Auth;

internal static class DeviceAuthentication
{
    public static void AddDeviceAuthentication(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(options =>
            {
                options.Authority = configuration["Auth:Authority"];
                options.MapInboundClaims = false;
                options.TokenValidationParameters = new TokenValidationParameters
                {
                    ValidateIssuer = true,
                    ValidateAudience = true,
                    ValidAudience = "device-api",
                    ValidateLifetime = true,
                    ValidateIssuerSigningKey = true,
                    ValidAlgorithms = new[] { SecurityAlgorithms.RsaSha256 },
                    NameClaimType = "device_id",
                };
            });

        services.AddAuthorizationBuilder()
            .AddPolicy("telemetry.write", policy => policy.RequireClaim("scope", "telemetry.write"))
            .AddPolicy("commands.read", policy => policy.RequireClaim("scope", "commands.read"));
    }
}
